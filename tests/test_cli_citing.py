"""The commands that lead to the sources of facts: output, notes and exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from factcli import cli
from factcli.cli.citing import CITATION_STYLES
from factcli.reports.citations import STYLES

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

US = "“[Oman and the United States"


def test_styles_of_the_option_are_those_of_the_report() -> None:
    assert tuple(STYLES) == CITATION_STYLES


def test_sources_of_facts_are_cited_once_in_order(run_factcli: Run) -> None:
    done = run_factcli("cite", "tr-om-documents-2024", "us-om-tow-2023", "us-oman", "us-om-acsa-2014")
    assert (done.status, done.err) == (0, "")
    first, second = done.out.splitlines()
    assert first.startswith("“Omani-Turkish")
    assert second.startswith(US)


def test_an_entity_has_the_sources_of_its_facts(run_factcli: Run) -> None:
    done = run_factcli("cite", "tow-2b", "--style", "csl-json")
    assert (done.status, [one["id"] for one in json.loads(done.out)]) == (0, ["us-oman"])


def test_ids_are_read_from_standard_input(run_factcli: Run) -> None:
    lines = run_factcli("timeline", "tow", "--fields", "id,title").out
    done = run_factcli("cite", "-", "--style", "bibtex", stdin=f"{lines}\n")
    assert done.status == 0
    assert done.out.startswith("@article{us-oman,\n")
    assert run_factcli("cite", "-", stdin="").status == 1


def test_an_unknown_id_is_noted_behind_the_others(run_factcli: Run) -> None:
    done = run_factcli("cite", "us-om-tow-2032", "us-oman")
    assert done.status == 1
    assert done.out.startswith(US)
    assert done.err.startswith("factcli: nothing has the id 'us-om-tow-2032'; the closest are us-om-tow-2023")
    done = run_factcli("cite", "xyzzy", "--style", "csl-json")
    assert (done.status, done.out) == (1, "[]\n")


def test_a_source_that_no_file_describes_and_a_fact_without_one_are_noted(run_factcli: Run, tmp_path: Path) -> None:
    db = tmp_path / "db.json"
    fact = {"id": "a", "kind": "visit", "title": {"en": "A"}, "sources": [{"source": "gone"}]}
    lines = "".join(json.dumps(one) + "\n" for one in (fact, {**fact, "id": "b", "sources": []}))
    run_factcli("--db", db, "import", "-", stdin=lines)
    done = run_factcli("--db", db, "cite", "a", "b")
    assert (done.status, done.out) == (1, "")
    assert done.err == "factcli: the fact b cites no source\nfactcli: no file describes the source 'gone'\n"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_info_has_all_sources_as_csl_json(lang: str, run_factcli: Run) -> None:
    done = run_factcli("info", "--csl", "--lang", lang)
    assert done.status == 0
    assert done.out == run_factcli("cite", "us-oman", "turkey-oman", "--style", "csl-json", "--lang", lang).out


def test_ris_lines_end_in_cr_lf_in_a_pipe(run_factcli: Run) -> None:
    out = run_factcli("cite", "us-oman", "--style", "ris").out
    assert out.startswith("TY  - MGZN\r\n")
    assert out.endswith("ER  - \r\n")


def test_text_is_fitted_to_a_terminal(on_terminal: Run) -> None:
    done = on_terminal("cite", "us-oman", columns=60, pages=True)
    assert done.status == 0
    assert all(len(line) <= 60 for line in done.out.splitlines())


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened in a browser."""
    addresses: list[str] = []

    def note(address: str) -> bool:
        addresses.append(address)
        return True

    monkeypatch.setattr("webbrowser.open", note)
    return addresses


@pytest.mark.parametrize(
    ("one", "host"), [("us-om-tow-2023", "centcomcitadel.com"), ("turkey-oman", "homeland-news.net")]
)
def test_the_source_is_opened_and_its_address_printed(
    one: str, host: str, opened: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["open", one]) == 0
    (address,) = opened
    assert address.startswith(f"https://{host}/")
    assert capfd.readouterr() == (f"{address}\n", "")


def test_where_no_browser_can_be_opened_the_address_is_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    assert cli.main(["open", "us-oman"]) == 1
    out, err = capfd.readouterr()
    assert out.startswith("https://centcomcitadel.com/")
    assert err == "factcli: no browser could be opened\n"


@pytest.mark.parametrize(
    "url", [None, "file:///etc/passwd", "javascript:alert(1)", "--version", "https://a.example/ b", "https://a\x1b[0m"]
)
def test_what_is_no_web_address_is_not_opened(
    url: str | None, opened: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source = {"id": "s", "title": {"en": "S"}, "URL": url}
    (tmp_path / "a.json").write_text(json.dumps({"facts": {}, "sources": {"1": source}}), encoding="utf-8")
    assert cli.main(["--db", str(tmp_path / "a.json"), "open", "s"]) == 1
    assert capfd.readouterr() == ("", "factcli: no address is known of the sources of s\n")
    assert opened == []


def test_an_unknown_id_opens_nothing(opened: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["open", "us-omann"]) == 1
    out, err = capfd.readouterr()
    assert (out, opened) == ("", [])
    assert err.startswith("factcli: nothing has the id 'us-omann'; the closest are us-oman")
    assert cli.main(["open"]) == 2
