"""What of a process is drawn, in the language of Graphviz."""
