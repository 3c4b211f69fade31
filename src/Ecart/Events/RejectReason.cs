namespace Ecart.Events;

/// <summary>Why a record cannot become an event. Stored by its snake_case name.</summary>
public enum RejectReason : byte
{
    /// <summary>The line or message is not of the announced form (CSV columns, JSON).</summary>
    Malformed,

    /// <summary>A required field is absent or empty.</summary>
    MissingField,

    /// <summary>A field's text is not of its type.</summary>
    WrongType,

    /// <summary>A number is NaN or infinite.</summary>
    NonFinite,

    /// <summary>A number or a date is outside the range that the field allows.</summary>
    OutOfRange,

    /// <summary>A value is not one of those known (channel, currency).</summary>
    UnknownValue,

    /// <summary>A text is longer than its column.</summary>
    TooLong,

    /// <summary>Bytes are not valid UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The uid is known with other content.</summary>
    ConflictingDuplicate,

    /// <summary>A label speaks of an event that is not in the store.</summary>
    UnknownEvent,

    /// <summary>The server refused the row.</summary>
    RefusedByStore,
}
