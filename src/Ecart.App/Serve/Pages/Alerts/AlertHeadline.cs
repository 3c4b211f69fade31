using Ecart.MariaDb.Alerts;

namespace Ecart.App.Serve.Pages.Alerts;

/// <summary>An alert in one sentence, and where its entity is shown. Stateless.</summary>
internal static class AlertHeadline
{
    /// <summary>The sentence of the evidence that adds most.</summary>
    public static string Of(Language language, Alert alert) =>
        alert.Explanation.Strongest is { } finding ? EvidenceSentence.Of(language, finding) : language["alert.without_evidence"];

    /// <summary>The page of the entity.</summary>
    public static string EntityAddress(Alert alert) =>
        $"/console/entities/{Uri.EscapeDataString(alert.Domain)}/{Uri.EscapeDataString(alert.EntityType)}/{Uri.EscapeDataString(alert.EntityId)}";
}
