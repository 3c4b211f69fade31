namespace Ecart.Client.Alerts;

/// <summary>An order of the list of alerts, the first named first.</summary>
public enum AlertSort
{
    /// <summary>By event time.</summary>
    Newest,

    /// <summary>By score, then event time.</summary>
    Score,

    /// <summary>By severity, then event time.</summary>
    Severity,

    /// <summary>By the newest change.</summary>
    Updated,
}
