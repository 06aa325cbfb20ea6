"""The benchmark of papers keeps working: every template says the same, and a turn of our side is taken."""

import json

from tests.bench import papers
from tests.bench.paper_sides import contract


def test_our_side_and_docxtpl_print_the_same_words_and_take_turns(tmp_path, capsys):
    (tmp_path / "answers.json").write_text(json.dumps(contract.answers()), encoding="utf-8")
    (tmp_path / "docxtpl.docx").write_bytes(contract.template(contract.SYNTAXES["docxtpl"]))
    workers = {side: papers.worker(tmp_path, side, "docxtpl", {}) for side in ("ours", "floor", "docxtpl")}
    try:
        same = papers.same_words(tmp_path, workers)
        aims = papers.race(workers, rounds=1)
        memory = papers.flat(workers["ours"], papers=40)
    finally:
        for worker in workers.values():
            worker.end()
    assert same.holds
    assert [aim.aim for aim in (*aims, memory)] == ["≥ 45×", "≤ 4 MB"]
    assert "distance to the floor" in capsys.readouterr().out


def test_words_that_a_side_leaves_out_are_found(tmp_path):
    made = contract.template(contract.SYNTAXES["docxtpl"])
    (tmp_path / "made-docxtpl.docx").write_bytes(made)
    other = contract.template(contract.SYNTAXES["docxtemplater"])
    (tmp_path / "made-other.docx").write_bytes(other)
    aim = papers.same_words(tmp_path, {"docxtpl": None, "other": None})
    assert not aim.holds
    assert "other ones: other" in aim.figure
