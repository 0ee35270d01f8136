"""The commands of the model of quotations."""

from .quotes.commands import main

if __name__ == "__main__":
    main()
