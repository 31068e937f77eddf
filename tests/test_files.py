"""The one writer of files: whole or not at all, whatever happens in between."""

import os
import stat

import pytest

from ruspak import files


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError, ZeroDivisionError])
def test_a_failure_leaves_the_old_file(tmp_path, failure):
    (tmp_path / "marks.csv").write_text("old")
    with pytest.raises(failure), files.whole(tmp_path / "marks.csv") as file:
        file.write("half")
        raise failure
    assert [path.name for path in tmp_path.iterdir()] == ["marks.csv"] and (
        tmp_path / "marks.csv"
    ).read_text() == "old"


def test_a_file_is_on_the_disk_before_it_takes_its_name(tmp_path, monkeypatch):
    done = []
    sync, replace = os.fsync, os.replace
    monkeypatch.setattr(files.os, "fsync", lambda file: done.append(os.fstat(file).st_size) or sync(file))
    monkeypatch.setattr(files.os, "replace", lambda *names: done.append("replace") or replace(*names))
    files.write_text(tmp_path / "marks.csv", "whole")
    assert done == [5, "replace"]


def test_text_is_kept_as_it_is_and_folders_are_made(tmp_path):
    files.write_text(tmp_path / "new" / "a.csv", "one\r\ntwo\nПакистан\n")
    assert (tmp_path / "new" / "a.csv").read_bytes() == "one\r\ntwo\nПакистан\n".encode()


def test_permissions_stay_or_are_those_of_any_new_file(tmp_path):
    (tmp_path / "plain").write_text("")
    files.write_text(tmp_path / "new", "")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == stat.S_IMODE(
        (tmp_path / "plain").stat().st_mode
    )
    (tmp_path / "new").chmod(0o640)
    files.write_text(tmp_path / "new", "again")
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640
