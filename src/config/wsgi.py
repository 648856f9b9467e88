import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
# What is there when the server is up stays: looking through all of it for garbage, in the middle of a request, finds none.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
