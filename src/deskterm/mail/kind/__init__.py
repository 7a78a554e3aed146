"""What kind of mail it is: a person's, a machine's, a bounce, a form, a notice; and who really wrote it."""
