"""What plugins add to the program, and what a broken one costs."""

from __future__ import annotations

import pytest

from quoteminer import __version__

EXTENSION = """
    import click
    import quoteminer


    class Reversed:
        name = "extension.reversed"
        suffixes = (".rev",)

        def read(self, source, *, language="en", name=""):
            yield quoteminer.Document(source.read_text(encoding="utf-8")[::-1], id=name, language=language)


    class Counts:
        name = "extension.counts"
        suffixes = (".count",)

        def write(self, extractions, stream):
            for extraction in extractions:
                stream.write(b"%d\\n" % len(extraction.quotes))


    @click.command("greet")
    def greet():
        '''Say hello.'''
        click.echo("hello")


    @quoteminer.hookimpl
    def quoteminer_readers():
        return [Reversed()]


    @quoteminer.hookimpl
    def quoteminer_writers():
        return [Counts()]


    @quoteminer.hookimpl
    def quoteminer_commands():
        return [greet]
"""


def test_list_of_plugins(run):
    result = run("plugins")
    assert result.exit_code == 0
    heading, people, *rules = result.stdout.splitlines()
    rules = rules[next(at for at, line in enumerate(rules) if line.startswith("rules")) :]
    assert heading.split() == ["name", "version", "distribution", "status", "components"]
    assert people.split()[:6] == ["people", __version__, "quoteminer", "idle", "no", "list"]
    found = [
        "rules.claims,",
        "check-language,",
        "rules.en,",
        *(f"rules.{tag}," for tag in ("da", "de", "es", "fr", "it", "nl", "no", "pt", "sv")),
        "rules.quotes,",
        "rules.turns,",
        "rules.speakers,",
        "rules.labels",
    ]
    assert " ".join(rules).split() == ["rules", __version__, "quoteminer", "active", *found]
    assert "blocked" in run("plugins", "--no-plugin", "rules").stdout


def test_readers_writers_and_commands_of_plugins(run, install, tmp_path):
    install("extension", EXTENSION)
    (tmp_path / "in.rev").write_text("“It works,” said Ada."[::-1], encoding="utf-8")
    result = run("mine", tmp_path / "in.rev", "--format", "extension.counts")
    assert (result.exit_code, result.stdout) == (0, "1\n")
    assert run("greet").stdout == "hello\n"
    assert "Say hello." in run("--help").stdout
    assert "extension.reversed" in run("plugins").stdout


def test_a_command_of_ours_is_not_replaced(run, install):
    install("extension", EXTENSION.replace('"greet"', '"plugins"'))
    result = run("--help")
    assert "'plugins' is hidden by ours" in result.stderr
    assert "rules.quotes" in run("plugins").stdout


@pytest.mark.parametrize("source", ["import nonesuch", "raise ValueError('bad luck')"])
def test_a_plugin_that_cannot_be_loaded_is_reported_once(run, install, seeds, source):
    install("broken", source)
    result = run("mine", seeds / "wire-nato.txt", seeds / "wire-ferry.txt", seeds / "tabloid-bins.txt")
    assert result.exit_code == 1
    assert result.stderr.count("plugin failed to load") == 2
    assert result.stderr.rstrip().endswith("(the same in 2 more)")
    assert "Mark Rutte" in result.stdout
    listed = run("plugins")
    assert listed.exit_code == 1
    assert "failed" in listed.stdout
    assert "rules.quotes" in listed.stdout


def test_a_component_that_fails_costs_its_own_results(run, install, seeds):
    install(
        "unlucky",
        """
        import quoteminer

        class Unlucky:
            name = "unlucky"
            def extract(self, document):
                raise ValueError("bad luck")

        @quoteminer.hookimpl
        def quoteminer_quote_extractors():
            return [Unlucky()]
        """,
    )
    result = run("mine", seeds / "wire-nato.txt")
    assert result.exit_code == 1
    assert "unlucky: ValueError: bad luck" in result.stderr
    assert "Mark Rutte, NATO Secretary General" in result.stdout


def test_claims_stand_in_the_table(run, install, tmp_path):
    install(
        "numbers",
        """
        import quoteminer

        class Numbers:
            name = "numbers"
            def extract(self, document, quotes, speakers):
                quote = quotes[0]
                yield quoteminer.Claim(
                    quote.content, "quantity", quote=quote.id, claimant=quote.speaker, check_worthiness=0.8, modality="hedged"
                )

        @quoteminer.hookimpl
        def quoteminer_claim_extractors():
            return [Numbers()]
        """,
    )
    path = tmp_path / "story.txt"
    # A question, in which the rules find no claim.
    path.write_text("“About ten ships?” asked Ada.", encoding="utf-8")
    shown = run("mine", path).stdout
    assert "   1  0.80  quantity, hedged, Ada  About ten ships?" in shown
    assert "“[1 {1 About ten ships?}]” _asked_ *Ada*." in shown
    assert "{1 …} claim worth checking" in shown


def test_claims_that_deserve_no_check_are_not_marked_in_the_story(run, install, tmp_path):
    install(
        "numbers",
        """
        import quoteminer

        class Numbers:
            name = "numbers"
            def extract(self, document, quotes, speakers):
                yield quoteminer.Claim([quoteminer.Span(0, 9)], "quantity", check_worthiness=0.6)
                yield quoteminer.Claim([quoteminer.Span(14, 23)], "quantity", check_worthiness=0.4)

        @quoteminer.hookimpl
        def quoteminer_claim_extractors():
            return [Numbers()]
        """,
    )
    path = tmp_path / "story.txt"
    path.write_text("Ten sank. And two swam. [sic]", encoding="utf-8")
    shown = run("mine", "--plugin", "numbers", path).stdout
    assert "{1 Ten sank.} And two swam. [sic]" in shown
    assert "   2  0.40  quantity" in shown


def test_trouble_with_plugins_leaves_the_help(run, monkeypatch):
    monkeypatch.setenv("QUOTEMINER_PLUGINS", "nonesuch")
    result = run("--help")
    assert result.exit_code == 0
    assert "nonesuch" in result.stderr
    assert "completion" in result.stdout
