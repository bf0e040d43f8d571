"""The addresses that allauth asks for by its own names: passkeys, the second step, showing who one is.

Only what is used here is exposed; allauth's sign-up and address pages are not.
"""

from allauth.account.views import reauthenticate
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from heartwood.web.kit.privacy import private
from heartwood.web.people.views import by_code, second_step, signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="account_login"),
    path("sign-out/", signing_in.sign_out, name="account_logout"),
    path("sign-in/passkey/", signing_in.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("sign-in/code/", by_code.ask, name="account_request_login_code"),
    path("sign-in/code/type/", by_code.give, name="account_confirm_login_code"),
    path("sign-in/second-step/", second_step.give, name="mfa_authenticate"),
    path("settings/confirm/code/", second_step.confirm, name="mfa_reauthenticate"),
    path("settings/second-step/", second_step.turn_on, name="mfa_activate_totp"),
    path("settings/second-step/remove/", second_step.turn_off, name="mfa_deactivate_totp"),
    path("settings/second-step/codes/", second_step.codes, name="mfa_view_recovery_codes"),
    path("settings/second-step/codes/new/", second_step.new_codes, name="mfa_generate_recovery_codes"),
    path("settings/confirm/", private(reauthenticate), name="account_reauthenticate"),
    path(
        "settings/confirm/passkey/",
        private(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("settings/passkeys/", private(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("settings/passkeys/", private(webauthn.list_webauthn), name="mfa_index"),
    path("settings/passkeys/add/", private(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("settings/passkeys/<int:pk>/remove/", private(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
]
