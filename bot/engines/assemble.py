def assemble(ask): return None
