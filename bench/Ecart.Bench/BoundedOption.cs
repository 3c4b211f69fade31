using System.CommandLine;

namespace Ecart.Bench;

/// <summary>Options with limits.</summary>
internal static class BoundedOption
{
    /// <summary>Refuses values outside the limits.</summary>
    public static void Require(Option<int?> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int?>() is { } value && (value < least || value > most))
            result.AddError($"{option.Name} is {value}; it must be {least} to {most}.");
    });
}
