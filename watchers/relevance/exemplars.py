"""Read exemplar articles: the texts that show what a channel wants to hear about."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from watchers.errors import KnowledgeError
from watchers.types import Exemplar

SHIPPED = Path(str(resources.files("watchers.relevance"))) / "exemplars"
MAX_BYTES = 200_000  # a long feature article has 30,000
_FENCE = "---"


def load_exemplars(folder: Path) -> tuple[Exemplar, ...]:
    """Read every `.md` (with front matter) and `.txt` file of a folder, by name.

    A `.txt` file is one article, its first line the title. Raises KnowledgeError when the folder holds none
    or a file cannot be read.
    """
    if not folder.is_dir():
        raise KnowledgeError(f"The exemplar folder {folder} does not exist.")
    paths = sorted(p for p in folder.iterdir() if p.suffix in {".md", ".txt"} and not p.name.startswith("."))
    found = tuple(_read(path) for path in paths)
    if not found:
        raise KnowledgeError(f"The exemplar folder {folder} holds no .md or .txt file.")
    return found


def exemplar(title: str, body: str, *, lang: str = "en", good: bool = True) -> Exemplar:
    """Make an exemplar from an article; its key is a hash of the text."""
    # Lone surrogates come with broken feeds, and neither the finder nor the tokeniser can read them.
    title, body = (part.encode("utf-8", "replace").decode("utf-8") for part in (title, body))
    text = f"{title}\n{body}".strip() if title and not body.startswith(title) else body.strip()
    if not text:
        raise KnowledgeError("An exemplar needs some text.")
    key = hashlib.sha256(f"{lang}\0{good}\0{text}".encode("utf-8", "replace")).hexdigest()[:16]
    return Exemplar(key=key, title=title or text.splitlines()[0], text=text, lang=lang, good=good)


def _read(path: Path) -> Exemplar:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise KnowledgeError(
                f"The exemplar {path} is larger than {MAX_BYTES} bytes; keep one article a file."
            )
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"The exemplar {path} cannot be read as UTF-8 text: {error}.") from error
    meta, body = _front_matter(text)
    title = meta.get("title", "") or next((line.strip() for line in body.splitlines() if line.strip()), "")
    if not body.strip():
        raise KnowledgeError(f"The exemplar {path} has no text.")
    return exemplar(
        title, body.strip(), lang=meta.get("language", "en"), good=meta.get("good", "yes") != "no"
    )


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split `key: value` lines between two fences from the text below; none is fine."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != _FENCE or _FENCE not in (line.strip() for line in lines[1:]):
        return {}, text
    end = next(i for i, line in enumerate(lines[1:], 1) if line.strip() == _FENCE)
    pairs = (line.partition(":") for line in lines[1:end] if ":" in line)
    return {key.strip(): value.strip() for key, _, value in pairs}, "\n".join(lines[end + 1 :])
