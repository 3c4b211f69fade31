namespace Ecart.App.Calibration;

/// <summary>Why calibration or metrics could not do what was asked: a mistake of the caller's, to be told to them.</summary>
internal sealed class CalibrationFault : Exception
{
    /// <param name="name">The field at fault; null where something named is not there.</param>
    /// <param name="value">The value at fault.</param>
    /// <param name="message">For a person.</param>
    public CalibrationFault(string? name, string? value, string message)
        : base(message)
    {
        Field = name;
        Value = value;
    }

    /// <summary>The field at fault; null where something named is not there.</summary>
    public string? Field { get; }

    /// <summary>The value at fault.</summary>
    public string? Value { get; }
}
