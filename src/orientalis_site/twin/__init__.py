"""The pages for programs: JSON and CSV of each, feeds, sitemap."""
