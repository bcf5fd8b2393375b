"""What the reader's side answers: ``reader`` the forms, ``author`` the private status page, ``embed`` the script."""
