"""A report on policies: one file that tells their story to people, and leads from every number to the words.

:func:`write_report` writes it as a page of HTML that loads nothing, or as Markdown.
"""

from privagraph.report.parts import PolicyPart, Report
from privagraph.report.writing import FORMATS, Format, report_on, write_report, write_to

__all__ = ["FORMATS", "Format", "PolicyPart", "Report", "report_on", "write_report", "write_to"]
