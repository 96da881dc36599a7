<?php
// Does to a wiki what stands in the file of its one argument, as JSON: a list of [what, …]. Run by MediaWiki's maintenance, so that
// it is a part of MediaWiki: what a person can do over the web is done here without a session.
require_once '/usr/share/mediawiki/maintenance/Maintenance.php';

use MediaWiki\MediaWikiServices;

class Steps extends Maintenance {
	public function __construct() {
		parent::__construct();
		$this->addArg( 'file', 'the steps' );
	}

	public function execute() {
		$this->user = User::newSystemUser( 'Maintenance script', [ 'steal' => true ] );
		foreach ( json_decode( file_get_contents( $this->getArg( 0 ) ), true ) as [ $what, $with ] ) {
			$done = $this->$what( (object)$with );
			if ( $done !== null && !$done->isOK() ) {
				$this->fatalError( $what . ' ' . json_encode( $with ) . ': ' . $done->getWikiText() );
			}
		}
	}

	private function save( $with ) {
		$title = Title::newFromText( $with->title );
		return MediaWikiServices::getInstance()->getWikiPageFactory()->newFromTitle( $title )
			->doUserEditContent( ContentHandler::makeContent( $with->text, $title ), $this->user, 'made for a test' );
	}

	private function remove( $with ) {
		$services = MediaWikiServices::getInstance();
		$page = $services->getWikiPageFactory()->newFromTitle( Title::newFromText( $with->title ) );
		return $services->getDeletePageFactory()->newDeletePage( $page, $this->user )
			->forceImmediate( true )->deleteUnsafe( 'removed by a test' );
	}

	private function move( $with ) {
		return MediaWikiServices::getInstance()->getMovePageFactory()
			->newMovePage( Title::newFromText( $with->from ), Title::newFromText( $with->to ) )
			->move( $this->user, 'moved by a test', $with->redirect );
	}

	private function user( $with ) {
		$manager = MediaWikiServices::getInstance()->getUserGroupManager();
		$user = User::newFromName( $with->name );
		if ( !$user->isRegistered() ) {
			$user = User::createNew( $with->name );
		}
		foreach ( $manager->getUserGroups( $user ) as $group ) {
			$manager->removeUserFromGroup( $user, $group );
		}
		foreach ( $with->groups as $group ) {
			$manager->addUserToGroup( $user, $group );
		}
	}

	private function block( $with ) {
		return MediaWikiServices::getInstance()->getBlockUserFactory()
			->newBlockUser( $with->name, $this->user, 'infinity', 'blocked by a test' )->placeBlockUnsafe();
	}

	private function bot( $with ) {
		$password = MediaWikiServices::getInstance()->getPasswordFactory()->newFromPlaintext( $with->password );
		return BotPassword::newUnsaved( [
			'user' => User::newFromName( $with->name ),
			'appId' => $with->app,
			'grants' => $with->grants ?? [ 'basic', 'createeditmovepage', 'editpage' ],
		] )->save( 'insert', $password );
	}

	private function endSessions( $with ) {
		MediaWiki\Session\SessionManager::singleton()->invalidateSessionsForUser( User::newFromName( $with->name ) );
	}
}

$maintClass = Steps::class;
require_once RUN_MAINTENANCE_IF_MAIN;
