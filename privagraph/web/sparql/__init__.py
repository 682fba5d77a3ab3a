"""The SPARQL endpoint: what is asked and how, in which format it is answered, and what the service says of itself."""
