"""The look of every page: a calm desk, readable greys, and headings that leave room for the dossier."""

STYLE = """<style>
.stMainBlockContainer { padding-top: 4.4rem; padding-bottom: 2rem; max-width: 1700px; }
@media (prefers-color-scheme: light) {
  [data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p { color: #4d5761; }
  input::placeholder, textarea::placeholder { color: #5c6670 !important; opacity: 1; }
}
[data-testid="stCaptionContainer"] { opacity: 1 !important; }
[data-testid="stHeading"] h1 { font-size: 1.9rem; } [data-testid="stHeading"] h2 { font-size: 1.35rem; padding: .2rem 0; }
.stButton button p { font-size: .95rem; }
.stButton button:enabled kbd { color: inherit; opacity: 1; }
[data-testid="stHeaderActionElements"] { display: none; }
[data-testid="stFileUploaderDropzoneInstructions"] span { white-space: normal; }
[data-testid="stHeader"] [data-testid="stToolbar"]::before {
  content: "Prélecture"; color: #1f4b73; font-weight: 700; margin: 0 14px 0 16px; }
@media (prefers-color-scheme: dark) {
  [data-testid="stHeader"] [data-testid="stToolbar"]::before { color: #9cc6ee; }
}
[data-testid="stButtonGroup"] [role="radiogroup"], [data-testid="stButtonGroup"] > div { flex-wrap: wrap; }
</style>"""
"""Greys keep a contrast of 4.5 to 1 (WCAG 2.1, 1.4.3)."""
