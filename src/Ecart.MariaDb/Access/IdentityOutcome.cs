namespace Ecart.MariaDb.Access;

/// <summary>What became of a person whom another service vouches for.</summary>
public enum IdentityOutcome
{
    /// <summary>They may enter.</summary>
    Entered,

    /// <summary>They are shut out here.</summary>
    Disabled,

    /// <summary>They are new, and somebody else has their name here.</summary>
    NameTaken,
}
