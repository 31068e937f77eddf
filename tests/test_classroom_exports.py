"""The exports hold every question and term, with all feedback, and programs that are not ours read them.

The readers have an environment of their own: apart.py. Anki is
Anki itself, pygiftparser reads GIFT, moodle-xml-parser what Moodle calls multichoice, and qti-package-maker checks
that in a QTI package all that is named is there. What they don't read is looked up where Moodle and Canvas look.
"""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from apart import python_of

from course import ROOT
from ruspak.__main__ import main
from ruspak.classroom import lessons
from ruspak.classroom.export import anki, command, gift, items, moodle, pages, qti
from ruspak.data import table
from ruspak.errors import CourseError
from ruspak.quiz import bank

KINDS = bank.load(ROOT / "tests/quiz_samples/good")  # one of each, with markup and three scripts
HOSTILE = '<script>alert("1")</script> & {a} = ~b~ # c: \\d ]]> [x](javascript:y)'
MOODLE = {"order": "ordering", "match": "match", "numeric": "numerical", "text": "shortanswer"}
CANVAS = {
    "single": "multiple_choice_question",
    "verdict": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "numeric": "numerical_question",
    "text": "short_answer_question",
    "order": "matching_question",
    "match": "matching_question",
}


@pytest.fixture(scope="module")
def course() -> list[items.Item]:
    return items.items()


@pytest.fixture(scope="module")
def samples() -> list[items.Item]:
    """One question of each kind, below a table and a picture."""
    place = lessons.Place(
        "A lesson: and/or more", "A section {of it}", ("<table><tr><td>1</td></tr></table>", PICTURE)
    )
    return items.items(KINDS, dict.fromkeys(KINDS, place))


PICTURE = """<img class="ruspak-figure" style="width:100%" alt="A line &amp; a dot" src='data:image/svg+xml;utf8,%3Csvg%3E%3C/svg%3E'>"""


@pytest.fixture(scope="module")
def reader():
    """A function that runs code in the environment of readers, with a file's path as argument, and gives what it prints as JSON."""
    python = python_of("exports")

    def read(code: str, path: Path):
        run = subprocess.run([python, "-c", code, path], capture_output=True, text=True)
        assert run.returncode == 0, run.stderr[-3000:]
        return json.loads(run.stdout.splitlines()[-1])

    return read


def told(question: dict) -> set[str]:
    """Every feedback of a question, as HTML."""
    lists = [question.get(name, []) for name in ("options", "mistakes", "pairs")]
    found = {one["feedback"] for part in lists for one in part}
    found |= {question[name] for name in ("feedback", "correct_feedback") if name in question}
    return {items.html(one) for one in found | {question["explanation"]}}


def shown(question: dict) -> set[str]:
    """Every text that can be chosen or brought into order, as plain words."""
    match question["kind"]:
        case "single" | "multiple" | "verdict":
            return {items.words(option["text"]) for option in question["options"]}
        case "order":
            return {items.words(one) for one in question["items"]}
        case "match":
            return {
                items.words(one)
                for one in [*question["choices"], *(pair["left"] for pair in question["pairs"])]
            }
        case "text":
            return {
                *question["accept"],
                *(form for one in question.get("mistakes", []) for form in one["accept"]),
            }
    return {items.number(one["answer"]) for one in [question, *question["mistakes"]]}


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


class TestWhole:
    """Nothing of the bank is missing in any format, for each kind and for the course as it is."""

    @pytest.mark.parametrize("which", ["samples", "course"])
    @pytest.mark.parametrize(
        "module", [moodle, qti, gift], ids=lambda module: module.__name__.rpartition(".")[2]
    )
    def test_every_question_has_its_texts_and_all_its_feedback(self, module, which, request):
        found = request.getfixturevalue(which)
        texts = {"moodle": of_moodle, "qti": of_qti, "gift": of_gift}[module.__name__.rpartition(".")[2]](
            module.files(found)
        )
        assert set(texts) == {item.id for item in found}
        for item in found:
            text = texts[item.id]
            assert [one for one in told(item.question) if one not in text] == []
            assert [one for one in shown(item.question) if one not in plain(text)] == []
            assert items.html(item.question["question"]) in text and item.place.section in text

    def test_the_samples_have_each_kind(self, samples):
        assert {item.question["kind"] for item in samples} == bank.KINDS.keys()

    def test_every_question_of_the_course_has_evidence(self, course):
        assert len(course) == len(bank.questions()) and not [
            item.id for item in course if not item.place.evidence
        ]
        assert [item.id for item in course if item.place.menu]

    @pytest.mark.parametrize("module", [moodle, qti, gift])
    def test_no_link_leads_into_the_course(self, module, course):
        data = b"".join(module.files(course).values())
        if module is qti:
            data = b"".join(members(data).values())
        assert b"href=" in data or module is gift
        assert not re.search(rb'(?<!resource )(?:href|src)=(?:&quot;|")\.\.?/', data)


def of_moodle(files: dict[str, bytes]) -> dict[str, str]:
    root = ET.fromstring(files["moodle.xml"])
    return {
        node.findtext("idnumber"): "\n".join(one.text or "" for one in node.iter())
        for node in root.iterfind("question")
        if node.get("type") != "category"
    }


def of_gift(files: dict[str, bytes]) -> dict[str, str]:
    blocks = files["questions.gift.txt"].decode().split("\n\n")
    found = (re.search(r"\[id:(.*?)\]", block) for block in blocks)
    return {id[1]: re.sub(r"\\(.)", r"\1", block) for id, block in zip(found, blocks) if id}


def of_qti(files: dict[str, bytes]) -> dict[str, str]:
    return {
        item.get("ident"): "\n".join(one.text or "" for one in item.iter())
        for name, data in members(files["qti.zip"]).items()
        if re.fullmatch(r"lesson\d+\.xml", name)
        for item in ET.fromstring(data).iter(f"{{{qti.QTI}}}item")
    }


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


class TestMoodle:
    @pytest.fixture
    def nodes(self, samples) -> dict[str, ET.Element]:
        root = ET.fromstring(moodle.files(samples)["moodle.xml"])
        return {node.findtext("idnumber"): node for node in root.iterfind("question[idnumber]")}

    def test_kinds(self, nodes):
        for key, question in KINDS.items():
            assert nodes[key].get("type") == MOODLE.get(question["kind"], "multichoice")
            assert nodes[key].findtext("single", "true") == str(question["kind"] != "multiple").lower()

    def test_what_is_right(self, nodes):
        for key, question in KINDS.items():
            right = {
                one.findtext("text")
                for one in nodes[key].iterfind("answer")
                if float(one.get("fraction")) > 0 and question["kind"] != "order"
            }
            if "options" in question and question["kind"] != "verdict":
                assert right == {items.html(one["text"]) for one in question["options"] if one.get("correct")}
        assert [one.findtext("text") for one in nodes["sample-order"].iterfind("answer")] == KINDS[
            "sample-order"
        ]["answer"]
        pairs = [
            (one.findtext("text"), one.findtext("answer/text"))
            for one in nodes["sample-match"].iterfind("subquestion")
        ]
        assert pairs[0] == ("<code>year</code>", "a whole number") and pairs[-1] == ("", "a date")

    def test_several_right_options_share_the_mark(self, nodes):
        fractions = [float(one.get("fraction")) for one in nodes["sample-multiple"].iterfind("answer")]
        assert Counter(fractions) == {50: 2, -50: 2}

    def test_tolerances_and_units(self, nodes):
        numeric = nodes["sample-numeric"]
        assert [(one.findtext("text"), one.get("fraction"), one.findtext("tolerance")) for one in numeric.iterfind("answer")] == [
            ("90", "100", "0.5"), ("0.9", "0", "0.09"), ("10", "0", "0.5"), ("*", "0", "0")
        ]  # fmt: skip
        assert numeric.findtext("units/unit/unit_name") == "%" and numeric.findtext("showunits") == "0"

    def test_pictures_come_along(self, nodes):
        for node in nodes.values():
            (file,) = node.iterfind("questiontext/file")
            assert base64.b64decode(file.text) == b"<svg></svg>"
            assert f'<img alt="A line &amp; a dot" src="@@PLUGINFILE@@/{file.get("name")}">' in node.findtext(
                "questiontext/text"
            )

    def test_a_slash_in_a_title_makes_no_category_of_its_own(self, samples):
        root = ET.fromstring(moodle.files(samples)["moodle.xml"])
        assert (
            root.findtext("question/category/text") == "$course$/top/Unlikely Partners/A lesson: and//or more"
        )

    def test_moodle_xml_parser_reads_the_choices(self, course, reader, tmp_path):
        path = written(tmp_path, moodle.files(course))
        code = (
            "import sys, json; from moodle_xml_parser.parser import parse_file\n"
            "print(json.dumps({q.name: [q.single, [[o.score_fraction, o.feedback] for o in q.options]] "
            "for q in parse_file(sys.argv[1])['multichoice']}))"
        )
        read = reader(code, path)
        asked = {item.id: item for item in course if "options" in item.question}
        assert read.keys() == asked.keys() and len(read) > 50
        for key, item in asked.items():
            single, options = read[key]
            assert single == (item.question["kind"] != "multiple")
            assert [score > 0 for score, _ in options] == [right for _, right, _ in item.options()]
            assert all(feedback for _, feedback in options)
            assert sum(score for score, _ in options if score > 0) == pytest.approx(100, abs=0.001)


class TestGift:
    CODE = """
import json, re, sys
from pygiftparser import parser
text = re.sub(r"\\t~#.*\\n", "", open(sys.argv[1], encoding="utf-8").read())  # Moodle's answer to any other number
print(json.dumps({q.title: [q.valid, type(getattr(q, 'answers', None)).__name__,
    [[getattr(a, "value", None), getattr(a, "tolerance", None), getattr(a, "fraction", 0), a.feedback]
     for a in q.answers.answers] if hasattr(q, "answers") else None] for q in parser.parseFile(text.splitlines(True))}))
"""

    def test_pygiftparser_reads_every_question(self, course, reader, tmp_path):
        read = reader(self.CODE, written(tmp_path, gift.files(course)))
        assert read.keys() == {item.id for item in course}
        kinds = {"multiple": "MultipleChoicesSet", "numeric": "NumericAnswerSet"}
        kinds |= dict.fromkeys(("order", "match"), "MatchingSet") | dict.fromkeys(
            ("single", "verdict"), "SelectSet"
        )
        for item in course:
            valid, kind, answers = read[item.id]
            if item.question["kind"] == "numeric" and any(one[0].startswith("-") for one in item.numbers()):
                continue  # Moodle and gift-pegjs read a minus sign, pygiftparser does not
            assert valid and kind == kinds.get(item.question["kind"], kind)
            if "options" in item.question:
                assert len(answers) == len(item.question["options"]) and all(answer[3] for answer in answers)
            if item.question["kind"] == "numeric":
                assert [answer[:3] for answer in answers] == [
                    [pytest.approx(float(value)), pytest.approx(float(margin)), 100 * right]
                    for value, margin, right, _ in item.numbers()
                ]

    def test_no_sign_of_the_format_is_left(self, samples):
        item = items.Item(
            KINDS["sample-single"] | {"question": HOSTILE, "explanation": "a\n\nb"}, samples[0].place
        )
        block = gift.files([item])["questions.gift.txt"].decode().split("\n\n", 1)[1]
        bare = Counter(re.sub(r"\\.", "", block))
        options = len(item.question["options"])
        assert bare["{"] == bare["}"] == bare["="] == 1 and bare["~"] == options - 1 and "\n\n" not in block
        assert bare["#"] == options + len("####") and bare[":"] == 5  # [id: and ::name::

    def test_the_longest_order_has_a_name_for_each_place(self):
        assert max(len(one["items"]) for one in bank.questions().values() if one["kind"] == "order") <= len(
            gift.PLACES
        )


class TestQti:
    def test_the_package_is_consistent(self, course, reader, tmp_path):
        """Manifest, right answers and pictures: qti-package-maker finds nothing that leads nowhere."""
        code = "import sys, json; from qti_package_maker.common import package_integrity as p; print(json.dumps(p.check_package(sys.argv[1])))"
        path = written(tmp_path, qti.files(course))
        assert reader(code, path) == []
        broken = tmp_path / "broken.zip"
        with zipfile.ZipFile(path) as whole, zipfile.ZipFile(broken, "w") as file:
            for name in whole.namelist()[:-1]:
                file.writestr(name, whole.read(name))
        assert reader(code, broken)

    @pytest.fixture
    def nodes(self, samples) -> dict[str, ET.Element]:
        text = (
            members(qti.files(samples)["qti.zip"])["lesson0.xml"].decode().replace(f' xmlns="{qti.QTI}"', "")
        )
        return {node.get("ident"): node for node in ET.fromstring(text).iter("item")}

    def test_kinds(self, nodes):
        for key, question in KINDS.items():
            fields = {
                one.findtext("fieldlabel"): one.findtext("fieldentry")
                for one in nodes[key].iter("qtimetadatafield")
            }
            assert fields["question_type"] == CANVAS[question["kind"]]

    def test_what_is_right(self, nodes):
        for key, question in KINDS.items():
            labels = {
                one.get("ident"): one.findtext("material/mattext")
                for one in nodes[key].iter("response_label")
            }
            scored = [one for one in nodes[key].iter("respcondition") if one.find("setvar") is not None]
            right = [
                labels.get(equal.text, equal.text)
                for one in scored
                for equal in [*one.findall("conditionvar/varequal"), *one.findall("conditionvar/*/varequal")]
            ]
            match question["kind"]:
                case "single" | "multiple":
                    assert right == [
                        items.html(one["text"]) for one in question["options"] if one.get("correct")
                    ]
                case "verdict":
                    assert len(right) == 1 and right[0].startswith("contradicted: ")
                case "order":
                    assert right == question["answer"]
                case "match":
                    assert right == [pair["right"] for pair in question["pairs"]]
                case "text":
                    assert right == question["accept"]
                case _:
                    assert right == ["90"]

    def test_the_tolerance(self, nodes):
        (between,) = nodes["sample-numeric"].iter("and")
        assert [(one.tag, one.text) for one in between] == [("vargte", "89.5"), ("varlte", "90.5")]

    def test_each_option_shows_its_feedback(self, nodes):
        for key, question in KINDS.items():
            feedback = {
                one.get("ident"): one.findtext(".//mattext") for one in nodes[key].iter("itemfeedback")
            }
            shown_by = {one.get("linkrefid") for one in nodes[key].iter("displayfeedback")}
            assert feedback.keys() == shown_by
            if "options" in question:
                assert {items.html(one["feedback"]) for one in question["options"]} <= set(feedback.values())

    def test_canvas_finds_the_settings(self, samples):
        """It looks for the assessment's ident as a folder (lib/cc/importer/canvas/quiz_metadata_converter.rb)."""
        found = members(qti.files(samples)["qti.zip"])
        quiz = ET.fromstring(found["lesson0.xml"])[0].get("ident")
        assert b"practice_quiz" in found[f"{quiz}/assessment_meta.xml"]


class TestAnki:
    CODE = """
import os, sys, json, tempfile
from anki.collection import Collection, ImportCsvRequest
col, logs = Collection(os.path.join(tempfile.mkdtemp(), "c.anki2")), []
for path in [sys.argv[1], sys.argv[1] + ".again"]:
    meta = col.get_csv_metadata(path, None)
    log = col.import_csv(ImportCsvRequest(path=path, metadata=meta)).log
    logs.append([len(log.new), len(log.updated), len(log.duplicate)])
notes = [col.get_note(one) for one in col.find_notes("")]
print(json.dumps([logs, [[n.guid, *n.fields, *n.tags, col.decks.name(n.cards()[0].did)] for n in notes]]))
"""

    def test_anki_takes_the_cards_and_renews_them(self, reader, tmp_path):
        terms = table("glossary")
        path = written(tmp_path, anki.files())
        changed = terms.copy()
        changed.loc[0, "meaning"] = 'New: "quoted", <b>\tand &'
        (tmp_path / f"{path.name}.again").write_bytes(anki.files(changed)["glossary.anki.txt"])
        logs, notes = reader(self.CODE, path)
        count = 3 * len(terms)
        assert logs == [[count, 0, 0], [0, 3, count - 3]]
        assert Counter(note[-1] for note in notes) == dict.fromkeys(
            (f"Unlikely Partners::{language}" for language in ("English", "Russian", "Urdu")), len(terms)
        )
        found = {note[0]: note for note in notes}
        first, last = terms.iloc[0], terms.iloc[-1]
        assert found[f"ruspak-en-{first.term}"][1] == f'<span lang="en" dir="ltr">{first.term}</span>'
        assert "<i>New: &quot;quoted&quot;, &lt;b&gt;" in found[f"ruspak-en-{first.term}"][2]
        card = found[f"ruspak-ur-{last.term.replace(' ', '-')}"]
        assert card[1] == f'<span lang="ur" dir="rtl">{last.urdu}</span>' and card[3] == last.notebook
        assert last.russian in card[2] and last.meaning in plain(card[2])


class TestPages:
    def test_the_site_with_its_index_on_top(self, tmp_path):
        (tmp_path / "notebooks").mkdir()
        for name in ("index.html", "notebooks/a.html", ".buildinfo"):
            (tmp_path / name).write_text(name)
        found = members(pages.files(tmp_path)["moodle-pages.zip"])
        assert found == {"index.html": b"index.html", "notebooks/a.html": b"notebooks/a.html"}

    def test_without_a_site_it_says_what_to_do(self, tmp_path):
        with pytest.raises(CourseError, match="make site"):
            pages.files(tmp_path)


class TestCommand:
    @pytest.mark.parametrize("name", [name for name in command.FORMATS if name != "moodle-pages"])
    def test_a_second_run_writes_the_same_bytes_and_says_what_is_missing(self, name, tmp_path, capsys):
        assert main(["export", "--to", name, "--out", str(tmp_path / "a")]) == 0
        assert main(["export", "--to", name, "--out", str(tmp_path / "b")]) == 0
        first, second = (
            {path.name: path.read_bytes() for path in (tmp_path / one).iterdir()} for one in "ab"
        )
        assert first == second and len(first) == 1
        said = " ".join(capsys.readouterr().out.split())
        assert all(limit in said for limit in command.FORMATS[name][0].LIMITS)

    @pytest.mark.parametrize("name", command.FORMATS)
    def test_the_docs_say_what_each_format_cant_hold(self, name):
        page = " ".join((ROOT / "docs/classroom.md").read_text(encoding="utf-8").split())
        assert [one for one in command.FORMATS[name][0].LIMITS if one not in page] == []

    def test_a_folder_that_cant_be_written(self, tmp_path, capsys):
        (tmp_path / "file").write_text("")
        assert main(["export", "--to", "gift", "--out", str(tmp_path / "file")]) == 1
        assert "can't be written" in capsys.readouterr().err

    def test_a_question_that_no_notebook_asks(self, tmp_path, capsys, monkeypatch):
        shutil.copy(ROOT / "tests/quiz_samples/good/all_kinds.yaml", tmp_path / "01.yaml")
        monkeypatch.setenv("RUSPAK_QUIZZES", str(tmp_path))
        assert main(["export", "--to", "moodle", "--out", str(tmp_path / "out")]) == 1
        assert (
            'Add the cell quiz("sample-single")' in capsys.readouterr().err
            and not (tmp_path / "out").exists()
        )

    def test_without_notebooks(self, tmp_path):
        with pytest.raises(CourseError, match="no notebooks here"):
            lessons.places(tmp_path)

    def test_a_learners_kernel_imports_none_of_it(self):
        code = (
            "import sys, ruspak; print([name for name in sys.modules if name.startswith('ruspak.classroom')])"
        )
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=dict(os.environ)
        )
        assert run.stdout.strip() == "[]", run.stderr


def written(folder: Path, files: dict[str, bytes]) -> Path:
    """The only file of an export, on the disk."""
    ((name, data),) = files.items()
    (folder / name).write_bytes(data)
    return folder / name
