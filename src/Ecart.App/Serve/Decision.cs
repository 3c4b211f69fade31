namespace Ecart.App.Serve;

/// <summary>What a caller who waits is advised to do. Told by its lower-case name.</summary>
internal enum Decision
{
    /// <summary>Let it pass.</summary>
    Approve,

    /// <summary>Let a person look first.</summary>
    Review,

    /// <summary>Refuse it.</summary>
    Decline,
}
