using System.Globalization;
using Ecart.App.Serve.Api.Alerts;
using Ecart.MariaDb.Alerts;
using Microsoft.AspNetCore.Http;

namespace Ecart.App.Serve.Pages.Alerts;

/// <summary>
/// Reads the form of the pages: a check box an alert whose value is its number and the revision that was shown, and a button whose value is what to do, for example
/// <c>take</c> or <c>set_status:confirmed_fraud</c>. Stateless.
/// </summary>
internal static class AlertForm
{
    /// <summary>Reads a form; what cannot be read is absent in the request, which is refused then.</summary>
    public static AlertActionRequest Read(IFormCollection form)
    {
        var ids = new List<long>();
        var revisions = new Dictionary<long, int>();
        foreach (string? value in form["alert"])
        {
            string[] parts = (value ?? "").Split(':');
            if (parts.Length != 2 || !Number(parts[0], out long id) || !Number(parts[1], out long revision) || revision > int.MaxValue) continue;
            if (revisions.TryAdd(id, (int)revision)) ids.Add(id);
        }

        string[] button = form["do"].ToString().Split(':', 2);
        AlertActionKind? action = button[0] switch
        {
            "take" => AlertActionKind.Take,
            "assign" => AlertActionKind.Assign,
            "comment" => AlertActionKind.Comment,
            "set_status" => AlertActionKind.SetStatus,
            _ => null,
        };
        string status = action == AlertActionKind.SetStatus ? button.Length == 2 ? button[1] : form["status"].ToString() : "";
        return new AlertActionRequest
        {
            Action = action,
            Ids = ids,
            Revisions = revisions,
            Status = status switch
            {
                "new" => AlertStatus.New,
                "investigating" => AlertStatus.Investigating,
                "confirmed_fraud" => AlertStatus.ConfirmedFraud,
                "false_positive" => AlertStatus.FalsePositive,
                "resolved" => AlertStatus.Resolved,
                _ => null,
            },
            AssignedTo = action == AlertActionKind.Assign ? form["assigned_to"].ToString() : null,
            Note = form["note"].ToString() is { Length: > 0 } note ? note.ReplaceLineEndings("\n") : null,
        };
    }

    private static bool Number(string text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
