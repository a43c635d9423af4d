"""A Word form read as a checklist. Runs in the sandboxed child: no Django here.

``package`` opens the document, ``runs`` turns its paragraphs into text with boxes, ``numbers`` counts its lists,
``blocks`` gives paragraphs and tables, ``answers`` knows printed answers, ``headings`` knows what a section looks like,
``tables`` reads rows, ``objects`` the objects of the check, ``form`` puts the checklist together.
"""
