"""Argon2 as the server uses it, made cheap: at its real price passwords take a good part of all the time."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class CheapArgon2(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 1, 8, 1
