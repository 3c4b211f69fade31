namespace Ecart.Client.Exceptions;

/// <summary>Where an exception stands, by the clock of now.</summary>
public enum ExceptionState
{
    /// <summary>In force.</summary>
    Active,

    /// <summary>Waits for a second person; silences nothing.</summary>
    Pending,

    /// <summary>Not in force yet.</summary>
    Scheduled,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Taken back.</summary>
    Revoked,
}
