"""Notebooks as HTML pages whose formulas need no script: nbconvert leaves TeX to MathJax, these pages carry MathML."""
from jinja2 import pass_context
from latex2mathml.converter import convert
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath


class MathRenderer(IPythonRenderer):
    """Markdown to HTML, TeX to MathML."""

    def inline_math(self, body):
        return convert(body)

    def block_math(self, body):
        return convert(body, display="block")


class PageExporter(HTMLExporter):
    """A notebook as a page that shows everything with scripts switched off."""

    @pass_context
    def markdown2html(self, context, source):
        renderer = MathRenderer(
            escape=False, attachments=context.get("cell", {}).get("attachments", {}), embed_images=self.embed_images,
            path=context.get("resources", {}).get("metadata", {}).get("path", ""),
            anchor_link_text=self.anchor_link_text, exclude_anchor_links=self.exclude_anchor_links)
        return MarkdownWithMath(renderer=renderer).render(source)
