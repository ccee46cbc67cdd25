"""LSM CRM: casework, volunteers, activities and catering of Stichting Leids Steunloket Migranten."""

__version__ = "0.1.0"
