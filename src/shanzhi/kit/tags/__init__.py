"""The template tags, by family; `{% load kit %}` brings all of them."""
