"""Few images of two classes, 16 x 16, in a folder: few_images.py FOLDER."""
import random
import sys

import datasets

source = random.Random(2)
labels = [i % 2 for i in range(40)]
examples = [[source.randrange(100 + 100 * label) for _ in range(256)]
            for label in labels]
datasets.write(sys.argv[1], examples, 16, 16, labels)
