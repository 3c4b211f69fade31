namespace Ecart.Client.Alerts;

/// <summary>Where the work on an alert stands.</summary>
public enum AlertStatus
{
    /// <summary>Nobody has looked at it.</summary>
    New,

    /// <summary>Somebody looks at it.</summary>
    Investigating,

    /// <summary>It was what it looked like. A label: the pipeline learns from it.</summary>
    ConfirmedFraud,

    /// <summary>It was normal. A label: the pipeline learns from it.</summary>
    FalsePositive,

    /// <summary>Closed without saying which.</summary>
    Resolved,
}
