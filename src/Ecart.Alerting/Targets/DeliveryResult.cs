namespace Ecart.Alerting.Targets;

/// <summary>What became of an attempt.</summary>
public enum DeliveryResult
{
    /// <summary>The target has taken it.</summary>
    Delivered,

    /// <summary>It failed in a way that may pass: no connection, no answer in time, an error of the server.</summary>
    Failed,

    /// <summary>The target takes no more messages for now (429).</summary>
    Throttled,

    /// <summary>The target refuses it, and would again.</summary>
    Refused,
}
