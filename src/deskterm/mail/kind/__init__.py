"""What a mail is: written by a person or a machine, a bounce, a form, a notice; and who stands behind it."""
