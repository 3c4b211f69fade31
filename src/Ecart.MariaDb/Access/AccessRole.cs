namespace Ecart.MariaDb.Access;

/// <summary>What somebody may do; each role includes those before it.</summary>
public enum AccessRole
{
    /// <summary>Sees everything and changes nothing.</summary>
    Viewer = 1,

    /// <summary>Works on alerts and says what events were; programs with this role send events.</summary>
    Analyst = 2,

    /// <summary>Also decides who has access, and changes what decides verdicts.</summary>
    Admin = 3,
}
