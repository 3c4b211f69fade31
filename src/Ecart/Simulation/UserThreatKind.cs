namespace Ecart.Simulation;

/// <summary>What a simulated action of a user really is.</summary>
public enum UserThreatKind : byte
{
    /// <summary>The user's own ordinary work.</summary>
    None,

    /// <summary>Somebody else in the account, from elsewhere, by another device, who looks around.</summary>
    StolenAccount,

    /// <summary>The user's own device and place, but resources that are none of the user's business, in the evening.</summary>
    Insider,

    /// <summary>A second person works in the account at the same time, from another city.</summary>
    SharedCredentials,

    /// <summary>One action from too far away for the time since the last.</summary>
    ImpossibleTravel,

    /// <summary>Log-ins that fail, one after the other, sometimes with a success at the end.</summary>
    PasswordGuessing,
}
