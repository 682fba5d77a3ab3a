"""The knowledge graph of privacy policies: made, opened, asked, checked and handed on."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from datetime import date
from types import TracebackType
from typing import TYPE_CHECKING, Self

from privagraph.mapping import Sources, expect_some, map_into, map_policies, with_revisions
from privagraph.ontology.namespaces import BASE, VOCABULARY_GRAPH
from privagraph.queries.store import GraphStore, QueryTerm
from privagraph.queries.summaries import PolicySummary, policy_summaries

if TYPE_CHECKING:
    import networkx
    import rdflib

    from privagraph.loaders.extraction import Extractor
    from privagraph.loaders.inputs import Columns
    from privagraph.loaders.pipeline import MapReport, Progress
    from privagraph.queries.answers import Answer
    from privagraph.queries.asking import Asked
    from privagraph.queries.comparison import Comparison
    from privagraph.queries.differences import PolicyDiff
    from privagraph.queries.explaining import Explanation
    from privagraph.queries.export import Exported
    from privagraph.queries.networks import Polarity, Step
    from privagraph.report import Report
    from privagraph.shapes.results import ValidationReport
    from privagraph.shapes.rules import Profile

__all__ = ["KnowledgeGraph"]


class KnowledgeGraph:
    """Policies as a graph of the practices that they state.

    Make one with :meth:`map` or :meth:`open`. It is read from a store, or held in memory when it came from a
    file or was mapped without an output; close it, or use it in a ``with`` statement, so that others can
    write to the store.

    Attributes:
        report: What became of each source, for a graph that :meth:`map` made; else None.

    Example:
        >>> graph = KnowledgeGraph.map("examples/pinata-habits.md")
        >>> [policy.sources for policy in graph.policies]
        [('pinata-habits.md',)]
        >>> graph.close()
    """

    __slots__ = ("_store", "report")

    def __init__(self, store: GraphStore, *, report: MapReport | None = None) -> None:
        self._store = store
        self.report = report

    @classmethod
    def map(
        cls,
        sources: Sources,
        *,
        output: str | os.PathLike[str] | None = None,
        output_format: str | None = None,
        base: str = BASE,
        allow_private_addresses: bool = False,
        columns: Columns | None = None,
        extractor: Extractor | str | None = None,
        min_confidence: float = 0.0,
        reviews: str | os.PathLike[str] | None = None,
        versions: bool = False,
        revision_of: str | None = None,
        jobs: int | None = 1,
        time_limit: float | None = None,
        memory_limit: int | None = None,
        again: bool = False,
        cache: str | os.PathLike[str] | None = None,
        cache_size: int | None = None,
        progress: Progress | None = None,
    ) -> Self:
        """Map policies and open the graph.

        Args:
            sources: What to map: files, folders, patterns, addresses, ``-`` for standard input; one or
                several.
            output: Where the graph goes, see :func:`map_policies`; into memory when None.
            output_format: The output's format, where its name does not tell it.
            base: The IRI under which policies, practices and agents are named.
            allow_private_addresses: Whether addresses in private networks may be fetched.
            columns: Which columns of tables and JSON Lines hold what; the usual names are looked for when None.
            extractor: What finds the practices, or its name, such as ``lexicon``; the usual one when None.
            min_confidence: Mentions and practices that are less sure are left out, from 0 to 1; what a reviewer
                decided on stays.
            reviews: A graph whose decisions of reviewers count too; those in the output itself always do.
            versions: Whether the sources are versions of one policy, oldest first.
            revision_of: The policy in the output that the first source is a new version of, see :func:`map_policies`.
            jobs: How many processes map policies, see :func:`map_policies`; with one, this process does the work.
            time_limit: How many seconds one document may take, see there.
            memory_limit: How many bytes of memory one may take, see there.
            again: Whether inputs that have not changed since an earlier run into the output are mapped again.
            cache: A folder in which is kept what the usual extractor's tagger read, see there.
            cache_size: How many bytes that may take, see there.
            progress: Is told how far the run is, see there.

        Returns:
            The graph; its :attr:`report` says what became of each source. An output that was there before
            holds its older policies too, if it is a store.

        Raises:
            InputError: Not one source could be mapped.
            GraphError: The graph cannot be written.
            ServiceError: A service that the extractor needs cannot be used.
        """
        if output is None:
            from privagraph.queries.outputs import GraphInMemory

            store = GraphStore.in_memory()
            with ExitStack() as open_:
                other = open_.enter_context(GraphStore.open(reviews)) if reviews is not None else None
                target = GraphInMemory(store, reviews=other, versions=versions, revision_of=revision_of)
                report = map_into(
                    sources,
                    target,
                    base=base,
                    allow_private_addresses=allow_private_addresses,
                    columns=columns,
                    extractor=extractor,
                    min_confidence=min_confidence,
                    jobs=jobs,
                    time_limit=time_limit,
                    memory_limit=memory_limit,
                    cache=cache,
                    cache_size=cache_size,
                    progress=progress,
                )
            expect_some(report)
            return cls(store, report=with_revisions(report, target.revisions))
        report = map_policies(
            sources,
            output,
            output_format=output_format,
            base=base,
            allow_private_addresses=allow_private_addresses,
            extractor=extractor,
            min_confidence=min_confidence,
            reviews=reviews,
            versions=versions,
            revision_of=revision_of,
            columns=columns,
            jobs=jobs,
            time_limit=time_limit,
            memory_limit=memory_limit,
            again=again,
            cache=cache,
            cache_size=cache_size,
            progress=progress,
        )
        expect_some(report)
        return cls(GraphStore.open(output), report=report)

    @classmethod
    def open(cls, location: str | os.PathLike[str]) -> Self:
        """Open a graph for reading.

        Args:
            location: A store's folder, or a file (.trig .nq .ttl .jsonld .nt .rdf).

        Raises:
            GraphError: There is no graph, it is damaged, or it is being written.
        """
        return cls(GraphStore.open(location))

    @property
    def location(self) -> str:
        """The folder or file that the graph was opened from; ``memory`` for one that is nowhere."""
        return self._store.location

    @property
    def store(self) -> GraphStore:
        """The store beneath, for SPARQL and quads without ceremony."""
        return self._store

    @property
    def policies(self) -> tuple[PolicySummary, ...]:
        """The policies of the graph, sorted by the names of their sources."""
        return policy_summaries(self._store)

    def query(
        self, question: str, /, *, on: date | None = None, all_versions: bool = False, **params: QueryTerm
    ) -> Answer:
        """The answer to a named question, or to a SPARQL query.

        Args:
            question: The name of a query (``privagraph query --list`` shows them), or the text of one.
            on: Ask the versions of policies that are in force on this day.
            all_versions: Ask versions too that a newer one replaced. A text always does, unless a day is given; a named
                query asks the current ones otherwise.
            **params: Values for the query's parameters.

        Raises:
            GraphError: No policy is in force on that day.
            UnknownQueryError: No query has that name.
            QuerySyntaxError: The text is not SPARQL.
            QueryError: A parameter is missing or is none of the query's.

        Example:
            >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph:
            ...     mentions = graph.query("mentions")
            ...     denied = graph.query("ASK { ?policy pg:deniesPractice ?practice }")
            >>> mentions.columns[:4]
            ('source', 'policy', 'role', 'quote')
            >>> denied.truth
            True
        """
        from privagraph.queries.answers import answer_to

        return answer_to(self._store, question, on=on, all_versions=all_versions, **params)

    def ask(self, question: str, /, *, on: date | None = None, all_versions: bool = False) -> Asked:
        """The answer to a question in plain English.

        Args:
            question: The question, such as "Who gets my e-mail address?". It is matched to the named queries, and the
                values of their parameters are read from its words.
            on: Ask the versions of policies that are in force on this day.
            all_versions: Ask versions too that a newer one replaced.

        Returns:
            Which query the question was matched to, with which parameters, how sure that is, and its answer. There is
            no answer where no query fits, or where the question leaves open what one needs; ``advice`` says which.

        Raises:
            GraphError: No policy is in force on that day.

        Example:
            >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph:
            ...     asked = graph.ask("From which age may children use it?")
            ...     other = graph.ask("Will it rain tomorrow?")
            >>> asked.query is not None and asked.answer is not None, other.answer
            (True, None)
        """
        from privagraph.queries.asking import ask

        return ask(self._store, question, on=on, all_versions=all_versions)

    def explain(self, iri: str) -> Explanation:
        """One fact: its words in their place, what they say, how that was found, how sure it is, what follows.

        Args:
            iri: A practice, mention, observation, organisation, policy or concept: its IRI, a CURIE, or the end of its
                IRI from a slash on.

        Raises:
            GraphError: The graph knows no such node, or several names end so.
            UnknownTermError: The vocabulary has no such term.
        """
        from privagraph.queries.explaining import explain

        return explain(self._store, iri)

    def validate(
        self,
        profiles: Sequence[str | Profile] | None = None,
        *,
        policies: Collection[str] | None = None,
        on: date | None = None,
        jobs: int | None = 1,
        engine: str = "pyshacl",
    ) -> ValidationReport:
        """What the shapes find.

        Args:
            profiles: Names of the profiles to check, or profiles of one's own, see
                :func:`privagraph.own_profile`; the usual ones when None.
            policies: IRIs of the policies to check; None checks all, in their current versions.
            on: The day for which they are checked, for rules on the age of a policy; today when None.
            jobs: How many processes check policies at the same time; one for each processor when None. With more
                than one, a script must guard its start by ``if __name__ == "__main__"``.
            engine: What runs the shapes: ``pyshacl``, or ``shifty`` where it is installed.

        Raises:
            ProfileError: There is no profile or engine of a name, or the shapes cannot be run.
            MissingDependencyError: The engine is not installed.
            GraphError: The graph holds no policy, or a process that checked some came to an end.

        Example:
            >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph:
            ...     graph.validate(["structure"]).conforms
            True
        """
        from privagraph.queries.versions import policies_to_ask
        from privagraph.shapes.validation import DEFAULT_PROFILES, validate

        return validate(
            self._store,
            profiles=DEFAULT_PROFILES if profiles is None else profiles,
            policies=policies_to_ask(self._store) if policies is None else policies,
            on=on,
            jobs=jobs,
            engine=engine,
        )

    def write_report(
        self,
        path: str | os.PathLike[str],
        *,
        policies: Sequence[str] = (),
        profiles: Sequence[str | Profile] | None = None,
        title: str = "",
        on: date | None = None,
        jobs: int | None = 1,
    ) -> Report:
        """Write one file that tells the story of the policies, for people to read and print.

        Args:
            path: The file: Markdown where its name ends in ``.md``, else HTML that loads nothing.
            policies: Names, titles or IRIs of policies; all current ones when empty.
            profiles: What to check them for, as in :meth:`validate`; nothing when empty.
            title: The title of the report.
            on: The day for which they are checked; today when None.
            jobs: How many processes check policies at the same time, as in :meth:`validate`.

        Returns:
            The report as values.

        Raises:
            GraphError: There is no such policy in the graph, or the file cannot be written.
            ProfileError: There is no profile of a name.
        """
        from privagraph.report import write_report

        return write_report(
            self._store, path, policies=policies, profiles=profiles, title=title, on=on, jobs=jobs
        )

    def to_rdflib(self, *, policy: str | None = None, vocabulary: bool = False) -> rdflib.Dataset:
        """A copy as an rdflib dataset, whose default graph is the union of all graphs.

        Args:
            policy: IRI of the one policy to take; all of them when None.
            vocabulary: Whether to add the graph of the vocabulary: labels and ``skos:broader`` of the concepts.

        Raises:
            GraphError: There is no such policy.
        """
        from privagraph.queries.dataset import to_dataset

        quads = [*self._store.quads(policy)]
        if vocabulary:
            quads += self._store.quads(VOCABULARY_GRAPH)
        return to_dataset(quads)

    def to_networkx(self, *, policy: str | None = None) -> networkx.MultiDiGraph[str]:
        """A copy as a networkx graph, for measures and pictures.

        Args:
            policy: IRI of the one policy to take; all of them when None.

        Raises:
            GraphError: There is no such policy.
        """
        from privagraph.queries.networks import to_networkx

        return to_networkx(self._store, policy=policy)

    def network(
        self,
        view: str,
        *,
        policies: Iterable[str] = (),
        data: str | None = None,
        purpose: str | None = None,
        recipient: str | None = None,
        polarity: Polarity | None = None,
        measures: Collection[str] = (),
    ) -> networkx.MultiDiGraph[str]:
        """One view of the graph as a networkx graph, see ``docs/networks.md``.

        Args:
            view: Its name, such as ``sharing``; ``privagraph network --help`` lists them.
            policies: Names, titles or IRIs of policies to take; all of them when empty.
            data: A category of data that the practices are about: a CURIE, an IRI or a label.
            purpose: A purpose that they are for.
            recipient: An organisation, or a kind of recipient, that gets data in them.
            polarity: ``affirmed``, ``denied`` or ``both``; as the view has it when None.
            measures: Measures to compute; they become attributes of the nodes.

        Raises:
            GraphError: There is no such view or policy.
            UnknownTermError: There is no such concept or organisation.
            QueryError: There is no such measure.

        Example:
            >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph:
            ...     network = graph.network("sharing", measures=["pagerank"])
            >>> network.nodes["https://w3id.org/privagraph/id/agent/unity-ads"]["pagerank"] > 0
            True
        """
        from privagraph.queries.networks import filters_named, with_measures
        from privagraph.queries.networks import view as seen

        filters = filters_named(
            self._store,
            policies=policies,
            data=data,
            purpose=purpose,
            recipient=recipient,
            polarity=polarity,
        )
        network = seen(self._store, view, filters=filters)
        return with_measures(network, measures) if measures else network

    def flows(
        self, *, by_data: bool = False, data: str | None = None, recipient: str | None = None
    ) -> networkx.MultiDiGraph[str]:
        """Who gives which data to whom, see :meth:`network` for more filters.

        Args:
            by_data: Whether each category of data and each purpose has an edge of its own.
            data: Only this category of data and those narrower: a CURIE, an IRI or a label.
            recipient: Only what this organisation, or kind of recipient, gets.

        Raises:
            UnknownTermError: There is no such concept or organisation.
        """
        return self.network("flows-by-data" if by_data else "flows", data=data, recipient=recipient)

    def shortest_flow(self, data: str, recipient: str) -> tuple[Step, ...]:
        """The shortest way of some data to a recipient, each step with the words that state it.

        Args:
            data: A category of data: a CURIE, an IRI or a label.
            recipient: An organisation, or a kind of recipient.

        Returns:
            The steps; none where no policy states such a way.

        Raises:
            UnknownTermError: There is no such concept or organisation.
        """
        from privagraph.ontology.vocabulary import Branch
        from privagraph.queries.concepts import concept_named, recipient_named
        from privagraph.queries.networks import shortest_flow, view

        wanted = concept_named(data, branch=Branch.PERSONAL_DATA)
        end = recipient_named(self._store, recipient)
        return shortest_flow(view(self._store, "flows-by-data"), wanted, end)

    def diff(self, old: str, new: str | None = None) -> PolicyDiff:
        """What changed between two versions of a policy: what is done now that was not, and the reverse.

        Args:
            old: The old version: its IRI, its title or the name of its file. Alone, it is the new version, which is
                compared with the one before it.
            new: The new version.

        Raises:
            GraphError: The graph holds no such policy, or no version before it.
        """
        from privagraph.queries.differences.versions import diff_named

        return diff_named(self._store, old, new)

    def compare(self, *names: str) -> Comparison:
        """Two to twenty policies side by side: data, purposes, recipients, rights and more, with the words for each.

        Args:
            *names: The policies: IRIs, titles or names of files; all current ones of the graph where none is named.

        Raises:
            GraphError: The graph holds no such policy, or these are too few or too many.

        Example:
            >>> with KnowledgeGraph.map("examples") as graph:
            ...     matrix = graph.compare()
            >>> [str(cell.state) for row in matrix.topic("What is done with data").rows for cell in row.cells][:2]
            ['yes and denied', 'yes and denied']
        """
        from privagraph.queries.comparison.gathering import compare_named

        return compare_named(self._store, names)

    def export(
        self,
        to: str,
        path: str | os.PathLike[str],
        *,
        policy: str | None = None,
        view: str = "full",
        data: str | None = None,
        purpose: str | None = None,
        recipient: str | None = None,
        polarity: Polarity | None = None,
        most: int | None = None,
        width: int | None = None,
    ) -> Exported:
        """Write the graph, or the practices in it that fit, for another tool or as a picture.

        Args:
            to: The format, such as ``graphml``; ``privagraph export --help`` lists them.
            path: The file; one that is there is replaced. A folder, or a name that ends in a slash, gets all the files
                that the format has.
            policy: Name, title or IRI of the one policy to write; all of them when None.
            view: Which network, such as ``flows``, for formats that hold or draw one.
            data: A category of data that the practices are about: a CURIE, an IRI or a label.
            purpose: A purpose that they are for.
            recipient: An organisation, or a kind of recipient, that gets data in them.
            polarity: ``affirmed``, ``denied`` or ``both``; as the view has it when None.
            most: How many nodes a picture may show; 500 when None.
            width: How many pixels a PNG is wide; twice the size of the SVG when None.

        Returns:
            What was written, counted.

        Raises:
            GraphError: There is no such format, view or policy, or the place cannot be written to.
            UnknownTermError: There is no such concept or organisation.
        """
        from privagraph.queries.drawing import MOST, Drawing
        from privagraph.queries.export import export
        from privagraph.queries.networks import filters_named

        filters = filters_named(
            self._store,
            policies=(policy,) if policy else (),
            data=data,
            purpose=purpose,
            recipient=recipient,
            polarity=polarity,
        )
        drawing = Drawing(most=MOST if most is None else most, width=width)
        return export(self._store, to, path, view=view, filters=filters, drawing=drawing)

    def close(self) -> None:
        """Let go of the graph."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.location}>"
