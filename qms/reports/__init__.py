"""Reports on paper: the page, its blocks, the job that makes and stores the file. The only importer of reportlab."""
