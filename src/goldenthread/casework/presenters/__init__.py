"""What casework's templates may see."""
