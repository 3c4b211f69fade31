namespace Ecart.MariaDb.Exceptions;

/// <summary>What came of a change of an exception.</summary>
public enum ExceptionChange
{
    /// <summary>It was made.</summary>
    Done,

    /// <summary>There is no such exception.</summary>
    Missing,

    /// <summary>It does not wait for approval, or was revoked already.</summary>
    NotNow,

    /// <summary>Who asked for it cannot approve it.</summary>
    SamePerson,
}
