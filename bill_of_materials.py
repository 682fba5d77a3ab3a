"""What the wheel is made of: the software bill of materials that setup.py puts into it.

CycloneDX 1.6 in JSON (https://cyclonedx.org/docs/1.6/json/), at the place that PEP 770 gives it:
``privagraph-X.dist-info/sboms/privagraph.cdx.json``. It lists what other people made and the wheel carries (JavaScript,
the font, the vocabulary, what the tagger's weights began from), each file with its hash, and what pip installs beside
it, with the versions that will do. The same wheel has the same bill: there is no time and no random number in it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from email import message_from_string
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType, Pedigree
from cyclonedx.model.license import DisjunctiveLicense, License, LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

__all__ = ["NAME", "written"]

NAME = "privagraph.cdx.json"
_VENDORED = "privagraph/browser/vendored"
_MODEL = "privagraph/loaders/tagging/model"
_DPV = "privagraph/ontology/dpv.ttl"
_FILES_OF: Mapping[str, str] = {
    "cytoscape": "cytoscape.*",
    "@zazuko/yasqe": "yasqe.*",
    "@expo-google-fonts/roboto": "Roboto_*",
}
"""The packages of npm whose files are shipped, and which files these are; what else is locked is bundled in them."""
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?P<bounds>[^;]*?)\s*(?:;(?P<marker>.*))?")
_EXTRA = re.compile(r"extra\s*==\s*[\"']([\w.-]+)[\"']")
_FOR_DEVELOPERS = {"lint", "test"}


def written(root: Path, metadata: str, lock: Mapping[str, Any]) -> str:
    """The bill of a wheel as text.

    Args:
        root: The folder with what the wheel will hold.
        metadata: The wheel's METADATA.
        lock: ``package-lock.json``, which pins the JavaScript.
    """
    told = message_from_string(metadata)
    whole = Component(
        name=told["Name"],
        version=told["Version"],
        type=ComponentType.APPLICATION,
        description=told["Summary"],
        licenses=[LicenseExpression(told["License-Expression"])],
        purl=PackageURL("pypi", None, told["Name"], told["Version"]),
        bom_ref="privagraph",
    )
    carried = [*_javascript(root, lock), _vocabulary(root), *_tagger(root)]
    needed = list(_dependencies(told.get_all("Requires-Dist") or ()))
    bom = Bom(components=[*carried, *needed])
    bom.metadata.component = whole
    bom.metadata.tools.components.clear()  # which versions of tools wrote it would change the bytes, not the wheel
    bom.register_dependency(whole, [*carried, *needed])
    text = json.loads(JsonV1Dot6(bom).output_as_string())
    del text["metadata"]["timestamp"]
    del text["serialNumber"]
    text["serialNumber"] = uuid5(NAMESPACE_URL, json.dumps(text, sort_keys=True)).urn
    return json.dumps(text, indent=1, sort_keys=True) + "\n"


def _javascript(root: Path, lock: Mapping[str, Any]) -> Iterator[Component]:
    """The packages of npm that are in the wheel, with the hashes that npm compared when it fetched them."""
    for place, said in sorted(lock["packages"].items()):
        name = place.removeprefix("node_modules/")
        if not name or said.get("dev") or said.get("optional"):
            continue
        scope, _, short = name.rpartition("/")
        algorithm, _, digest = said["integrity"].partition("-")
        files = sorted((root / _VENDORED).glob(_FILES_OF[name])) if name in _FILES_OF else []
        if name in _FILES_OF and not files:
            raise FileNotFoundError(f"the wheel holds no file of {name}")
        yield Component(
            name=short,
            group=scope or None,
            version=said["version"],
            licenses=[LicenseExpression(said["license"])],
            purl=PackageURL("npm", scope or None, short, said["version"]),
            bom_ref=f"npm:{name}",
            components=[_file(root, file) for file in files],
            external_references=[
                ExternalReference(
                    type=ExternalReferenceType.DISTRIBUTION,
                    url=XsUri(f"https://registry.npmjs.org/{name}/-/{short}-{said['version']}.tgz"),
                    hashes=[_hash(algorithm, base64.b64decode(digest).hex())],
                )
            ],
        )


def _vocabulary(root: Path) -> Component:
    """The terms of the Data Privacy Vocabulary."""
    text = (root / _DPV).read_text("utf-8")
    release = re.search(r"Data Privacy Vocabulary \(DPV\) ([\d.]+\d)", text)
    if release is None:
        raise ValueError(f"{_DPV} does not say of which release its terms are")
    return Component(
        name="Data Privacy Vocabulary",
        version=release[1],
        type=ComponentType.DATA,
        description="A selection of terms and statements, sorted and put into one file.",
        licenses=[
            _licence(
                "W3C Software and Document License",
                "https://www.w3.org/copyright/software-license-2023/",
            )
        ],
        bom_ref="dpv",
        external_references=[_website("https://w3id.org/dpv")],
        components=[_file(root, root / _DPV)],
    )


def _tagger(root: Path) -> Iterator[Component]:
    """The trained tagger, and the model that it was begun from."""
    version = json.loads((root / _MODEL / "model.json").read_text("utf-8"))["name"].rpartition("/")[2]
    begun = Component(
        name="all-MiniLM-L6-v2",
        group="sentence-transformers",
        type=ComponentType.MACHINE_LEARNING_MODEL,
        licenses=[LicenseExpression("Apache-2.0")],
        bom_ref="all-MiniLM-L6-v2",
        external_references=[_website("https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2")],
    )
    yield Component(
        name="privagraph tagger",
        version=version,
        type=ComponentType.MACHINE_LEARNING_MODEL,
        description="Weights that find mentions in passages; the vocabulary of the tokenizer is that of BERT.",
        licenses=[LicenseExpression("Apache-2.0")],
        bom_ref="tagger",
        pedigree=Pedigree(ancestors=[begun]),
        components=[_file(root, file) for file in sorted((root / _MODEL).iterdir()) if file.suffix != ".py"],
    )


def _dependencies(requirements: Iterable[str]) -> Iterator[Component]:
    """What pip installs beside the wheel; which version that is, is known then, so the bounds are told."""
    found: dict[str, tuple[str, set[str]]] = {}
    for text in requirements:
        said = _REQUIREMENT.fullmatch(text)
        if said is None:
            raise ValueError(f"{text!r} is no requirement that can be told")
        extra = _EXTRA.search(said["marker"] or "")
        if extra is not None and extra[1] in _FOR_DEVELOPERS:
            continue
        bounds, extras = found.get(said["name"], ("", set()))
        found[said["name"]] = (said["bounds"] or bounds, extras | {extra[1] if extra else ""})
    for name, (bounds, extras) in sorted(found.items()):
        always = "" in extras
        properties = [Property(name="privagraph:versions", value=bounds or "any")]
        if not always:
            properties.append(Property(name="privagraph:extras", value=", ".join(sorted(extras))))
        yield Component(
            name=name,
            scope=ComponentScope.REQUIRED if always else ComponentScope.OPTIONAL,
            purl=PackageURL("pypi", None, re.sub(r"[-_.]+", "-", name).lower()),
            bom_ref=f"pypi:{name}",
            properties=properties,
        )


def _file(root: Path, file: Path) -> Component:
    place = file.relative_to(root).as_posix()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Component(
        name=place, type=ComponentType.FILE, bom_ref=f"file:{place}", hashes=[_hash("sha256", digest)]
    )


def _hash(algorithm: str, digest: str) -> HashType:
    return HashType(alg=HashAlgorithm(algorithm.upper().replace("SHA", "SHA-")), content=digest)


def _website(address: str) -> ExternalReference:
    return ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(address))


def _licence(name: str, address: str) -> License:
    return DisjunctiveLicense(name=name, url=XsUri(address))
