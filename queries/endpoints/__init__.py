"""Graphs that another server holds, by the SPARQL 1.1 Protocol, Update and the Graph Store Protocol."""
