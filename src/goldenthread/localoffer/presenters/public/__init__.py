"""What the templates of the pages for everybody may see."""
