namespace Ecart.Domains.Declared;

/// <summary>Which deviations count.</summary>
public enum DeclaredSide
{
    /// <summary>Above and below the mean.</summary>
    Both,

    /// <summary>Above alone.</summary>
    Above,

    /// <summary>Below alone.</summary>
    Below,
}
