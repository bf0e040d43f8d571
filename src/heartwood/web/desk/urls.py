from django.urls import path

from heartwood.web.desk import views, watching

app_name = "desk"
urlpatterns = [
    path("desk/", views.page, name="page"),
    path("desk/mail/", views.try_mail, name="try-mail"),
    path("desk/help-lines/<str:fingerprint>/confirm/", views.confirm_line, name="confirm-line"),
    path("desk/sign-up/", views.sign_up, name="sign-up"),
    path("desk/logs/", views.logs, name="logs"),
    path("metrics", watching.metrics_page, name="metrics"),
]
