namespace Ecart.Client.Alerts;

/// <summary>What people do to alerts.</summary>
public enum AlertActionKind
{
    /// <summary>Make it one's own work; a new alert is being investigated then.</summary>
    Take,

    /// <summary>Make it somebody's work, or nobody's.</summary>
    Assign,

    /// <summary>Say something about it.</summary>
    Comment,

    /// <summary>Say where it stands, or decide it.</summary>
    SetStatus,
}
