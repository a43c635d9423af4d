"""The face: the parts every page is made of, and the stylesheet and templates that draw them."""
