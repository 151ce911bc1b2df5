/** Preferences of the user, and toggles that last until conntop exits. */
import type {Preferences} from '../../preferences/preferences.js';
import type {SavedView} from '../../preferences/saved-view.js';

export type ChoiceSlice = {
	/** From the settings file, the command line and the setup screen. */
	readonly preferences: Preferences;
	/** Views by name, the built-in ones included. */
	readonly savedViews: ReadonlyMap<string, SavedView>;
	/** One sentence for each part of the settings file that is ignored. */
	readonly settingsProblems: readonly string[];
	/** Started with `--read-only`: actions are disabled, whatever the preferences say. */
	readonly isReadOnly: boolean;
	/** The header shows no meters. */
	readonly areMetersHidden: boolean;
	/** Inverts the preference for names or numbers. */
	readonly areNamesSwitched: boolean;
	/** Inverts the preference for one row per connection or per socket. */
	readonly areConnectionsSwitched: boolean;
	/** Inverts the preference for screen reader lines or a drawn screen. */
	readonly isReaderSwitched: boolean;
	readonly isPaused: boolean;
};

/** No toggle is on. */
export const nothingSwitched = {
	areMetersHidden: false, areNamesSwitched: false, areConnectionsSwitched: false, isReaderSwitched: false, isPaused: false,
} as const satisfies Partial<ChoiceSlice>;

/** Whether host and service names are shown instead of numbers. */
export const areNamesShown = ({preferences, areNamesSwitched}: Pick<ChoiceSlice, 'preferences' | 'areNamesSwitched'>): boolean => preferences.names !== areNamesSwitched;

/** Whether there is one row per connection, instead of one per socket. */
export const areConnectionsShown = ({preferences, areConnectionsSwitched}: Pick<ChoiceSlice, 'preferences' | 'areConnectionsSwitched'>): boolean =>
	preferences.connections !== areConnectionsSwitched;

/** Whether lines for screen readers are printed instead of a drawn screen. */
export const isReaderShown = ({preferences, isReaderSwitched}: Pick<ChoiceSlice, 'preferences' | 'isReaderSwitched'>): boolean => preferences.screenReader !== isReaderSwitched;

/** Ids of the meters that the header shows. */
export const shownMeters = ({preferences, areMetersHidden}: Pick<ChoiceSlice, 'preferences' | 'areMetersHidden'>): readonly string[] => areMetersHidden ? [] : preferences.meters;
