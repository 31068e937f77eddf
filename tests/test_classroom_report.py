"""The class report: what it counts is what was planted, whatever else lies in the folder; and no text becomes active."""

import itertools
import json
import os
import re
import shutil

import pytest
from browser import visit

from course import ROOT
from ruspak.__main__ import main
from ruspak.classroom.report import learners, tally
from ruspak.errors import CourseError
from ruspak.grading.report import classpage
from ruspak.grading.text import POLICY
from ruspak.quiz import bank
from ruspak.quiz.progress import append, path, progress

SAMPLES = ROOT / "tests/quiz_samples/good"
BANK = bank.load(SAMPLES)
RIGHT = {
    "sample-single": "Whether the two governments are friends",
    "sample-multiple": ["The name of the table", "The publisher and the date"],
    "sample-numeric": "90 %",
    "sample-text": "Tashkent",
    "sample-order": BANK["sample-order"]["answer"],
    "sample-match": [pair["right"] for pair in BANK["sample-match"]["pairs"]],
    "sample-verdict": "contradicted",
}
WRONG = {
    "sample-single": (
        "In which year it was highest",
        "In which year it was highest",
        "You can read the year",
    ),
    "sample-multiple": (
        ["The name of the table"],
        "not chosen: The publisher and the date",
        "who counted, and when",
    ),
    "sample-numeric": ("0.9", "0.9", "This is the fraction"),
    "sample-text": ("simla", "Simla", "is of 1972"),
    "sample-order": (BANK["sample-order"]["answer"][::-1], "Pakistan becomes independent: in place 3", ""),
    "sample-match": (["a date", *RIGHT["sample-match"][1:]], "year – a date", "A year has no decimals"),
    "sample-verdict": ("open", "open", "The test has been made"),
}
UIDS = itertools.count()
HOSTILE = '<img src=x onerror=alert(1)><script>alert("1")</script>\u202e[x](javascript:alert(1))'


@pytest.fixture(autouse=True)
def samples(monkeypatch):
    monkeypatch.setenv("RUSPAK_QUIZZES", str(SAMPLES))


def line(question: str, answer, minute: int = 0, **changed) -> str:
    attempt = {
        "id": question,
        "time": f"2026-11-28T10:{minute:02}:00.000Z",
        "answer": answer,
        "correct": True,
        "confidence": None,
        "brier": None,
        "revealed": False,
        "uid": f"u{next(UIDS)}",
    }
    return json.dumps(attempt | changed, ensure_ascii=False) + "\n"


def report(capsys, folder, *more: str) -> tuple[int, str, str]:
    """Exit code, page ("" where there is none) and what the terminal says."""
    out = folder.parent / "report.html"
    code = main(["report", str(folder), "--out", str(out), *more])
    said = capsys.readouterr()
    return code, out.read_text(encoding="utf-8") if out.exists() else "", said.out + said.err


@pytest.fixture
def folder(tmp_path):
    """Three learners: Ali is right at once, Bea at the second try, Cem has not begun."""
    made = tmp_path / "class"
    made.mkdir()
    for name in ("ali", "bea", "cem"):
        (made / f"{name}.jsonl").write_text("")
    (made / "ali.jsonl").write_text("".join(line(key, answer) for key, answer in RIGHT.items()))
    tries = [line(key, wrong) + line(key, RIGHT[key], 1) for key, (wrong, _, _) in WRONG.items()]
    (made / "bea.jsonl").write_text("".join(tries))
    return made


class TestCounts:
    def test_each_kind_is_judged_and_its_wrong_answers_told_in_words(self, folder):
        found, remarks = learners.read([folder], BANK)
        assert [one.name for one in found] == ["ali", "bea", "cem"] and not remarks
        for key, row in tally.rows(found, BANK).items():
            assert (row.tried, row.first, row.right) == (2, 1, 2), key
            _, said, why = WRONG[key]
            assert [
                one for one in row.wrong if one[0].replace("`", "") == said and why in one[1] and one[2] == 1
            ], row.wrong

    def test_the_page_holds_them(self, folder, capsys):
        code, page, said = report(capsys, folder)
        assert code == 0 and "Learners: 3" in said
        assert "3 learners with 21 attempts" in page
        assert "No answer at all</th><td>1</td><td>cem" in page
        assert page.count("50% of 2; in the end 100%") == len(BANK)
        for _, said, why in WRONG.values():
            assert said in page and why in page

    def test_what_the_file_says_of_itself_counts_for_nothing(self, folder):
        (folder / "cem.jsonl").write_text(line("sample-text", "Simla", correct=True))
        found, _ = learners.read([folder], BANK)
        assert not found[2].attempts[0].right

    def test_after_the_answer_was_shown_it_is_not_earned(self, folder):
        shown = line("sample-text", "Simla") + line("sample-text", None, 1, revealed=True)
        (folder / "cem.jsonl").write_text(shown + line("sample-text", "Tashkent", 2))
        found, _ = learners.read([folder], BANK)
        assert not tally.solved(found[2].at("sample-text")) and tally.solved(found[1].at("sample-text"))

    def test_calibration_is_of_first_answers(self, folder, capsys):
        lines = [line("sample-single", RIGHT["sample-single"], confidence=90)]
        lines += [
            line("sample-numeric", "0.9", 1, confidence=90),
            line("sample-numeric", "90", 2, confidence=50),
        ]
        (folder / "cem.jsonl").write_text("".join(lines))
        found, _ = learners.read([folder], BANK)
        assert tally.calibration(found) == [(90, 2, 1)]
        assert (
            "On average they were 90% sure and 50% right, over 2 first answers." in report(capsys, folder)[1]
        )

    def test_the_order_of_lines_and_files_does_not_matter(self, folder, capsys):
        first = report(capsys, folder)[1]
        lines = (folder / "bea.jsonl").read_text().splitlines(keepends=True)
        (folder / "bea.jsonl").write_text("".join(reversed(lines)))
        assert report(capsys, folder)[1] == first

    def test_a_second_run_with_the_report_among_the_files_is_the_same(self, folder, capsys):
        out = folder / "report.html"
        pages = []
        for _ in range(2):
            assert main(["report", str(folder), "--out", str(out)]) == 0
            pages.append(out.read_bytes())
        assert pages[0] == pages[1] and not capsys.readouterr().err


class TestWhose:
    @pytest.mark.parametrize(
        ("path", "name"),
        [
            ("Zoë O’Brien_4711_assignsubmission_file/attempts.jsonl", "Zoë O’Brien"),
            ("Zoë O’Brien_4711_assignsubmission_file_attempts.jsonl", "Zoë O’Brien"),
            ("khanali_LATE_4711_815_attempts.jsonl", "khanali"),
            ("ali/attempts (1).jsonl", "ali"),
            ("group 2/ali.jsonl", "ali"),
            ("attempts.jsonl", "attempts"),
        ],
    )
    def test_the_name_is_what_the_teachers_side_wrote(self, tmp_path, path, name):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(line("sample-text", "x"))
        assert [one.name for one in learners.read([tmp_path], BANK)[0]] == [name]

    def test_files_of_one_learner_count_together_and_each_answer_once(self, tmp_path):
        for name, lines in {"attempts": ["a", "b"], "attempts (1)": ["b", "c"]}.items():
            (tmp_path / "ali").mkdir(exist_ok=True)
            text = "".join(line("sample-text", word, ord(word) - 97, uid=word) for word in lines)
            (tmp_path / "ali" / f"{name}.jsonl").write_text(text)
        ((learner,), (remark,)) = learners.read([tmp_path], BANK)
        assert [one.answer for one in learner.attempts] == ["a", "b", "c"]
        assert "1 of its attempts are in ali/attempts" in remark.words and not remark.left_out

    def test_two_learners_of_one_name_are_told_apart(self, tmp_path):
        for group in "ab":
            (tmp_path / group).mkdir()
            (tmp_path / group / "ali.jsonl").write_text(line("sample-text", group, uid=group))
        assert [one.name for one in learners.read([tmp_path], BANK)[0]] == ["a/ali", "b/ali"]

    def test_single_files_are_named_by_their_folder_if_need_be(self, tmp_path):
        for name in ("ali", "bea"):
            (tmp_path / name).mkdir()
            (tmp_path / name / "attempts.jsonl").write_text(line("sample-text", name, uid=name))
        found, _ = learners.read([*tmp_path.glob("*/attempts.jsonl")], BANK)
        assert {one.name for one in found} == {"ali", "bea"}

    def test_the_roster_tells_who_gave_no_file(self, folder, capsys, tmp_path):
        roster = tmp_path / "roster.csv"
        roster.write_text("student,name\nali,Ali Khan\n7,Bea\n8,Dan\n9,\n")
        page = report(capsys, folder, "--roster", str(roster))[1]
        assert "No file</th><td>2</td><td>Dan, 9" in page


class TestLeftOut:
    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("x.jsonl", b"not json\n", "no attempt at a question of this course in it \\(broken lines: 1\\)"),
            ("x.jsonl", line("other-1", "x").encode(), "attempts at other questions or editions: 1"),
            (
                "x.jsonl",
                line("sample-single", "An option of another edition").encode(),
                "other questions or editions",
            ),
            ("x.jsonl", b"x" * 10_000_001, "more than 10 MB"),
            ("x.jsonl", b"\xff\xfe{}", "byte 0 is not UTF-8"),
            ("x.jsonl", b"[" * 200_000, "broken lines: 1"),
            ("x.jsonl", b'{"id": ["a"], "time": 1}', "broken lines: 1"),
            ("x.jsonl", b'{"id": 1' + b"0" * 9000 + b"}", "broken lines: 1"),
            ("x.zip", b"PK", "it is a zip: unpack it"),
            ("x.html", b"<p>", "does not end in .jsonl"),
            ("copy.jsonl", None, "all its attempts are in ali.jsonl, too"),
        ],
    )
    def test_it_is_named_and_the_others_are_read(self, folder, capsys, name, content, why):
        clean = report(capsys, folder)[1]
        (folder / name).write_bytes((folder / "ali.jsonl").read_bytes() if content is None else content)
        code, page, said = report(capsys, folder)
        assert (
            code == 0
            and re.search(f"{name}: left out: .*{why}", said)
            and re.search(f"{name}</code>, left out: .*{why}", page)
        )
        assert "1 file left out" in page
        assert (
            page.replace("1 file left out", "0 files left out").partition("<h2>Files with")[0]
            == clean.partition("</main>")[0]
        )

    @pytest.mark.parametrize(
        "changed",
        [
            {"time": "yesterday"}, {"time": 5}, {"revealed": "no"}, {"confidence": 101}, {"confidence": True},
            {"confidence": "90"}, {"uid": 7}, {"id": None}, {"answer": {"a": 1}}, {"answer": ["x" * 10**6]},
            {"answer": "\ud800"}, {"answer": None},
        ],
    )  # fmt: skip
    def test_a_line_that_is_none_is_counted_and_the_others_are_read(self, folder, changed):
        text = json.dumps(json.loads(line("sample-text", "Tashkent")) | changed)
        (folder / "cem.jsonl").write_text(text + "\n" + line("sample-text", "Tashkent", 1))
        found, (remark,) = learners.read([folder], BANK)
        assert len(found[2].attempts) == 1 and not remark.left_out and "The other lines count" in remark.words

    def test_a_link_and_a_pipe_are_not_opened(self, folder, capsys):
        (folder / "x.jsonl").symlink_to(folder / "ali.jsonl")
        (folder / "there").symlink_to("/")
        os.mkfifo(folder / "y.jsonl")
        code, page, _ = report(capsys, folder)
        assert code == 0 and page.count("it is a link or no ordinary file") == 3 and "3 learners" in page

    def test_a_file_without_rights(self, folder, capsys, monkeypatch):
        opened = type(folder).open
        monkeypatch.setattr(
            type(folder), "open",
            lambda path, *a, **k: os.open("/nowhere", 0) if path.name == "ali.jsonl" else opened(path, *a, **k),
        )  # fmt: skip
        assert "ali.jsonl: left out: it can't be read" in report(capsys, folder)[2]

    def test_nothing_to_report_on(self, tmp_path, capsys):
        (tmp_path / "empty").mkdir()
        code, page, said = report(capsys, tmp_path / "empty")
        assert (code, page) == (1, "") and "no file of answers" in said
        code, page, said = report(capsys, tmp_path / "missing")
        assert (code, page) == (1, "") and "it is not there" in said

    def test_a_report_that_cant_be_written_leaves_the_old_one(self, folder, capsys, tmp_path, monkeypatch):
        before = report(capsys, folder)[1]
        monkeypatch.setattr(
            os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
        )
        code, page, said = report(capsys, folder)
        assert code == 1 and page == before and "can't be written (No space left" in said
        assert sorted(path.name for path in tmp_path.iterdir()) == ["class", "report.html"]


class TestHostile:
    @pytest.fixture
    def hostile(self, folder):
        name = HOSTILE.replace("/", "∕")[:80]
        (folder / f"{name}.jsonl").write_text(line("sample-text", HOSTILE, uid=HOSTILE))
        (folder / f"b{name}.jsonl").write_text(HOSTILE)
        shutil.move(folder / "cem.jsonl", folder / "<b>cem.jsonl")
        return folder

    def test_all_text_is_escaped(self, hostile, capsys):
        page = report(capsys, hostile)[1]
        assert POLICY in page and "&lt;img src=x onerror" in page and "\u202e" not in page
        tags = set(re.findall(r"<([a-z0-9]+)", page))
        assert not tags & {"script", "img", "b", "a", "iframe"} and "javascript:" not in re.sub(
            r"&lt;.*?<", "", page
        )

    def test_a_browser_finds_nothing_active_and_nothing_too_wide(self, hostile, capsys, chromium, serve):
        report(capsys, hostile)
        with visit(chromium, f"{serve(hostile.parent)}/report.html", width=390) as page:
            assert page.evaluate("document.querySelectorAll('script, img, a, iframe').length") == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= 390

    def test_hidden_names_are_nowhere(self, hostile, capsys):
        code, page, said = report(capsys, hostile, "--hide-names")
        assert code == 0 and "Learner 1" in page and "ali.jsonl" not in page
        assert not re.search(r"\b(ali|bea|cem)\b", page) and "the terminal has named them" in page
        assert "no attempt at a question" in said


class TestFileFromJupyter:
    def test_what_progress_writes_the_report_reads(self, tmp_path, monkeypatch, capsys):
        monkeypatch.setenv("RUSPAK_PROGRESS", str(tmp_path / "kept"))
        for key, answer in RIGHT.items():
            append(json.loads(line(key, answer)))
        table = progress(file=tmp_path / "class" / "ali.jsonl")
        assert "7 answers" in capsys.readouterr().err and table.right.sum() == 7
        assert (tmp_path / "class" / "ali.jsonl").read_text() == path().read_text()
        found, remarks = learners.read([tmp_path / "class"], BANK)
        assert len(found[0].attempts) == 7 and all(one.right for one in found[0].attempts) and not remarks

    def test_it_does_not_write_over_the_answers(self, tmp_path, monkeypatch):
        monkeypatch.setenv("RUSPAK_PROGRESS", str(tmp_path))
        append(json.loads(line("sample-text", "x")))
        with pytest.raises(CourseError, match="where the course keeps your answers"):
            progress(file=path())
        with pytest.raises(CourseError, match="can't be written there"):
            progress(file=path() / "below.jsonl")


def test_the_class_page_of_marks_draws_with_the_same_bars():
    assert classpage.bars.__module__ == "ruspak.grading.text"
