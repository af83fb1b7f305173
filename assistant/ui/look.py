"""The look of every page: a calm desk, readable greys, and headings that leave room for the dossier."""

STYLE = """<style>
.stMainBlockContainer { padding-top: 4.4rem; padding-bottom: 2rem; max-width: 1700px; }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #4d5761; opacity: 1 !important; }
[data-testid="stCaptionContainer"] { opacity: 1 !important; }
h1 { font-size: 1.9rem !important; } h3 { font-size: 1.35rem !important; padding: .2rem 0 !important; }
h4 { font-size: 1.05rem !important; padding: .6rem 0 .2rem !important; border-top: 1px solid #d9dee4; }
.stButton button p { font-size: .95rem; }
input::placeholder, textarea::placeholder { color: #5c6670 !important; opacity: 1; }
.stColumn:has(.st-key-page-strip):not(:has(.stColumn .st-key-page-strip)) { position: sticky; top: 4.4rem;
  align-self: flex-start; max-height: calc(100vh - 5rem); overflow-y: auto; padding: 3px; }
.st-key-zoomed { overflow: auto; } .st-key-zoomed img { max-width: none !important; }
</style>"""
"""The page stays in sight while the criterion is read; greys keep a contrast of 4.5 to 1 (WCAG 2.1, 1.4.3)."""
