"""The demo: every outcome as the table says that was written by hand from the call."""

import pytest

from pipeline import commands
from pipeline.errors import ExitCode


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Run the demo once; give its exit code and its folder."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    return commands.run(["demo", "-o", str(folder)]), folder


def test_the_demo_ends_as_its_table_says(demo):
    assert demo[0] == ExitCode.DONE


def test_the_demo_leaves_what_a_run_leaves(demo):
    _code, folder = demo
    assert {"register.sqlite", "manifest.json", "overzicht.xlsx", "rapport.html", "onleesbaar"} <= {
        path.name for path in folder.iterdir()
    }
    assert (folder / "WVC-2021-0001 gent-muide-meulestede" / "vergadering-01" / "dossier.json").is_file()


def test_the_demo_works_where_runs_belong_unless_asked_otherwise():
    options = {option.name: option for option in commands.Verbs("x").get_command(None, "demo").params}
    assert options["output"].default == "output/demo"


def test_no_hostile_text_of_the_inbox_reaches_a_page_as_markup(demo):
    page = (demo[1] / "rapport.html").read_text(encoding="utf-8")
    assert "Burchtdam &lt;Oost&gt; &amp; &#39;t Kaaike" in page
    assert "<Oost>" not in page
    assert "{{ 7*7 }}" in page


def test_the_demo_cleans_up_only_after_itself(demo, tmp_path, capsys):
    (tmp_path / "brief.txt").write_text("van iemand anders")
    assert commands.run(["demo", "--clean", "-o", str(tmp_path)]) == ExitCode.USAGE
    assert (tmp_path / "brief.txt").is_file()
    assert commands.run(["demo", "--clean", "-o", str(demo[1])]) == ExitCode.DONE
    assert not demo[1].exists()
