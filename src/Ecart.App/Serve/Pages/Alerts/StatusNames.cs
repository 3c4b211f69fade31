using System.Text.Json;
using Ecart.MariaDb.Alerts;

namespace Ecart.App.Serve.Pages.Alerts;

/// <summary>The names of statuses and actions as they are in addresses and keys of texts. Stateless.</summary>
internal static class StatusNames
{
    private static readonly string[] Statuses = [.. Enum.GetNames<AlertStatus>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
    private static readonly string[] Actions = [.. Enum.GetNames<AlertActionKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    public static string Of(AlertStatus status) => Statuses[(int)status];

    public static string Of(AlertActionKind action) => Actions[(int)action];
}
