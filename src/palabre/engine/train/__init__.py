"""From a folder of labelled comments to one model file. The only room that may import scikit-learn and scipy."""
