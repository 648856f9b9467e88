"""Filters of this door's pages."""

from django import template

from shanzhi.foundation.messages.channels.sms import masked

register = template.Library()
register.filter("masked", masked)
